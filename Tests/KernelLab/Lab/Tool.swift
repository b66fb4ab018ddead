import Foundation

/// Programs that the lab runs, to their end.
enum Tool {
    /// What a program printed, and its status.
    static func run(_ program: String, _ arguments: [String]) throws -> (output: String, status: Int32) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: data, as: UTF8.self), process.terminationStatus)
    }

    private static var programs: String { ProcessInfo.processInfo.environment["BIN"] ?? ".build/debug" }

    /// `ferry` with the consoles' sockets of these gateways.
    static func ferry(_ arguments: [String], at gateways: [String] = ["PR", "NR"]) throws -> (
        output: String, status: Int32
    ) {
        try run("\(programs)/ferry", arguments + gateways.flatMap { ["--gateway", "/run/\($0)/api.sock"] })
    }

    /// How many IKE messages a node's charon sent and received so far.
    static func messages(ofCharonAt node: String) -> Int {
        let log = (try? String(contentsOfFile: "/run/\(node)/charon.log", encoding: .utf8)) ?? ""
        return log.components(separatedBy: "\n").count {
            $0.contains("sending packet") || $0.contains("received packet")
        }
    }
}
