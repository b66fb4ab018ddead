import Foundation

/// A directory that nobody else may read, removed at the latest with the value's last reference.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "ferry-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        path = url.path
    }

    deinit { remove() }

    /// Removes it with all that is in it; also when it is gone already.
    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
