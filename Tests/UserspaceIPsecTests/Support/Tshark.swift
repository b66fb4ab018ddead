import Foundation

/// The `tshark` of this machine, where there is one.
enum Tshark {
    /// Where it is installed; `nil` where it is not.
    static let path = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// One line for each packet of a capture, with those fields; keys are in `folder/esp_sa`.
    static func fields(_ names: [String], of capture: String, keysIn folder: String) throws -> [[String]] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "/nonexistent")
        process.environment = ["WIRESHARK_CONFIG_DIR": folder, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        process.arguments =
            [
                "-r", capture, "-T", "fields", "-E", "occurrence=l",
                "-o", "esp.enable_encryption_decode:TRUE", "-o", "esp.enable_authentication_check:TRUE",
            ] + names.flatMap { ["-e", $0] }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
