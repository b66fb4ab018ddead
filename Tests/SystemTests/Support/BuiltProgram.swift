import Foundation

/// A program of this package, as it was built.
enum BuiltProgram: String {
    case ferry, ferryd

    /// Where it is: named by FERRY_BINARY or FERRYD_BINARY, else in the build directory, beside the tests.
    var path: String {
        get throws {
            let variable = "\(rawValue.uppercased())_BINARY"
            let named = ProcessInfo.processInfo.environment[variable]
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let beside = URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent(rawValue).path
            let path = named ?? beside
            guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(path: path, variable) }
            return path
        }
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String

        init(path: String, _ variable: String) {
            description = "\(path) is not there: build it first (swift build), or name another one in \(variable)"
        }
    }
}
