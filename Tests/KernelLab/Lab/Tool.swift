import Foundation

/// Programs that the lab runs, to their end.
enum Tool {
    /// A program that runs.
    struct Running {
        fileprivate let process: Process
        fileprivate let pipe: Pipe

        /// Waits for its end: what it printed, and its status.
        func end() -> (output: String, status: Int32) {
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return (String(decoding: data, as: UTF8.self), process.terminationStatus)
        }
    }

    static func start(_ program: String, _ arguments: [String]) throws -> Running {
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        return Running(process: process, pipe: pipe)
    }

    /// What a program printed, and its status.
    static func run(_ program: String, _ arguments: [String]) throws -> (output: String, status: Int32) {
        try start(program, arguments).end()
    }

    /// Where Ferry's programs are.
    static var programs: String { ProcessInfo.processInfo.environment["BIN"] ?? ".build/debug" }

    /// `ferry` with the consoles' sockets of these gateways.
    static func ferry(_ arguments: [String], at gateways: [String] = ["PR", "NR"]) throws -> (
        output: String, status: Int32
    ) {
        try startFerry(arguments, at: gateways).end()
    }

    /// The same, without waiting for its end.
    static func startFerry(_ arguments: [String], at gateways: [String] = ["PR", "NR"]) throws -> Running {
        try start("\(programs)/ferry", arguments + gateways.flatMap { ["--gateway", "/run/\($0)/api.sock"] })
    }
}
