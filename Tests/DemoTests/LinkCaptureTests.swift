import ConfigurationFiles
import ContextTransfer
import Demo
import Foundation
import Testing

@Suite(
    "A capture of a trusted run", .enabled(if: tsharkPath != nil, "tshark is not installed (apt-get install tshark)"))
struct LinkCaptureTests {
    @Test("the dissector names every field of what routers say in plain TCP", .timeLimit(.minutes(1)))
    func dissected() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ferry-links-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let capture = folder.appending(path: "links.pcap").path
        var options = Played.options
        (options.linkPcap, options.moves) = (capture, 2)
        let report = try await Played.figure10(options)
        #expect(report.outcome == .completed)
        #expect(try FileManager.default.attributesOfItem(atPath: capture)[.posixPermissions] as? Int == 0o600)

        try Data(WiresharkDissector.script.utf8).write(to: folder.appending(path: "cxtp.lua"))
        let text = try Self.tshark(["-V"], on: capture, in: folder)
        #expect(!text.contains("Malformed") && !text.contains("Lua Error") && !text.contains("Unknown"))
        let types = try Self.tshark(["-T", "fields", "-e", "cxtp.type"], on: capture, in: folder)
            .split(whereSeparator: { "\n,".contains($0) }).compactMap { Int($0) }
        // A move there and one back, seen as they were counted.
        // Questions before a move, and negotiations of keys, belong to no move and are not counted.
        #expect(types.count { $0 < 8 || $0 >= 16 } == report.signalling.messages)
        #expect(Set(types).isSuperset(of: [3, 4, 7, 16, 17, 19, 20, 21, 26, 27, 28, 29]))
        // What no field stands for would be shown as data.
        #expect(try Self.tshark(["-Y", "data", "-T", "fields", "-e", "data.len"], on: capture, in: folder).isEmpty)
    }

    private static func tshark(_ arguments: [String], on capture: String, in folder: URL) throws -> String {
        let output = folder.appending(path: "out")
        try Data().write(to: output)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tsharkPath ?? "/nonexistent")
        process.environment = ["WIRESHARK_CONFIG_DIR": folder.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        process.arguments = ["-n", "-X", "lua_script:\(folder.path)/cxtp.lua", "-r", capture] + arguments
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return String(decoding: try Data(contentsOf: output), as: UTF8.self)
    }
}

/// Where tshark is installed; `nil` where it is not.
private let tsharkPath = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
    FileManager.default.isExecutableFile(atPath: $0)
}
