import Demo
import Foundation
import IPsec
import Testing

/// The capture and the key table of the demo, read by tshark.
@Suite("Capture of the demo", .serialized)
struct CaptureTests {
    /// Those that Debian's Wireshark can decrypt in ESP.
    private static let suites = AlgorithmSuite.allESP.filter { !$0.name.contains("chacha20") }

    @Test("tshark decrypts every ESP packet, and finds all that was sent", .timeLimit(.minutes(2)), arguments: suites)
    func decrypted(_ suite: AlgorithmSuite) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ferry-capture-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = Played.options
        options.suite = suite
        options.pcap = folder.appending(path: "demo.pcap").path
        // Wireshark's own name for the table in a configuration folder.
        options.espKeys = folder.appending(path: "esp_sa").path
        let report = try await Played.figure10(options)

        // "FERY", flow and number, in hexadecimal: each packet once, also where gateways handed it on.
        let numbers = Set(try tshark(folder).filter { $0.hasPrefix("46455259") }.map { $0.prefix(32) })
        let sent = report.traffic.reduce(0) { $0 + $1.sent }
        #expect(numbers.count == sent)
    }

    /// The payloads of all UDP packets that tshark sees inside ESP.
    private func tshark(_ folder: URL) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/tshark")
        process.arguments = [
            "-r", folder.appending(path: "demo.pcap").path, "-o", "esp.enable_encryption_decode:TRUE",
            "-o", "esp.enable_authentication_check:TRUE", "-Y", "esp && udp", "-T", "fields", "-e", "udp.payload",
        ]
        process.environment = ["WIRESHARK_CONFIG_DIR": folder.path, "HOME": folder.path, "PATH": "/usr/bin:/bin"]
        let output = Pipe()
        (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
