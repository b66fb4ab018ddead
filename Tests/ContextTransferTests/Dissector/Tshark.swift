import ContextTransfer
import Foundation

/// The `tshark` of this machine, where there is one, with our dissector.
struct Tshark {
    /// Where it is installed; `nil` where it is not.
    static let path = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    struct Output {
        let text: String
        let errors: String
        let status: Int32
    }

    /// What it says of a capture.
    static func run(_ arguments: [String], on capture: StreamCapture) throws -> Output {
        let folder = NSTemporaryDirectory() + "ferry-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(capture.octets).write(to: URL(fileURLWithPath: folder + "/a.pcap"))
        try Data(WiresharkDissector.script.utf8).write(to: URL(fileURLWithPath: folder + "/cxtp.lua"))
        // Into files: a pipe that nobody reads while the other is read would stop it.
        for name in ["out", "errors"] { try Data().write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "/nonexistent")
        process.environment = ["WIRESHARK_CONFIG_DIR": folder, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        process.arguments = ["-n", "-X", "lua_script:\(folder)/cxtp.lua", "-r", "\(folder)/a.pcap"] + arguments
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder + "/out"))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder + "/errors"))
        try process.run()
        process.waitUntilExit()
        return Output(
            text: String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/out")), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/errors")), as: UTF8.self),
            status: process.terminationStatus)
    }

    /// The values of each field in the whole capture, in their order; empty texts are left out.
    static func values(of names: [String], in capture: StreamCapture) throws -> [String: [String]] {
        let output = try run(
            ["-T", "fields", "-E", "occurrence=a", "-E", "aggregator=\u{1f}"] + names.flatMap { ["-e", $0] },
            on: capture)
        var values: [String: [String]] = [:]
        for line in output.text.split(separator: "\n") {
            for (name, column) in zip(names, line.split(separator: "\t", omittingEmptySubsequences: false)) {
                values[name, default: []] += column.split(separator: "\u{1f}").map(String.init)
            }
        }
        return values
    }
}
