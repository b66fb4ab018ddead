import Foundation

/// A folder of one test, readable by its user only; its path is short enough for a socket in it.
struct TemporaryFolder {
    let url: URL

    /// Makes a folder for as long as the body runs.
    static func with<Result>(_ body: (TemporaryFolder) async throws -> Result) async throws -> Result {
        let folder = TemporaryFolder(url: URL(fileURLWithPath: "/tmp/ferry-test-\(UInt32.random(in: 0 ... .max))"))
        try FileManager.default.createDirectory(
            at: folder.url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder.url) }
        return try await body(folder)
    }

    /// The path of something in it.
    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// What a file in it says; `nil` while it is not there.
    func text(_ name: String) -> String? { try? String(contentsOfFile: path(name), encoding: .utf8) }

    /// Writes a file; returns its path.
    func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        return path(name)
    }
}
