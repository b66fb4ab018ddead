import Foundation
import Glibc
import NIOCore

/// A UNIX socket that listens and that its owner alone can open: mode 0600, in a directory of mode 0700.
struct LocalSocket: Sendable {
    /// Of the listening socket; whoever serves it closes it.
    let descriptor: CInt
    private let path: String
    private let file: FileNumber

    /// Makes the directory where there is none, and takes the place of a socket that nobody listens on any more.
    init(listeningAt path: String) throws(LocalSocketError) {
        guard let address = try? SocketAddress(unixDomainSocketPath: path) else { throw .tooLong(path) }
        let directory = (path as NSString).deletingLastPathComponent
        try Self.prepare(directory.isEmpty ? "." : directory)
        // One daemon at a time looks whether the socket is free and takes it.
        let lock = open(directory.isEmpty ? "." : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw Self.failure(directory) }
        defer { close(lock) }
        guard flock(lock, LOCK_EX) == 0 else { throw Self.failure(directory) }
        try Self.clear(path, address)
        descriptor = try Self.listen(path, address)
        guard let file = FileNumber(of: path) else { throw Self.failure(path) }
        (self.path, self.file) = (path, file)
    }

    /// Finds out whether it could be made, and makes nothing; a daemon that listens on it now is no obstacle.
    static func check(_ path: String) throws(LocalSocketError) {
        guard (try? SocketAddress(unixDomainSocketPath: path)) != nil else { throw .tooLong(path) }
        let directory = (path as NSString).deletingLastPathComponent
        var place = directory.isEmpty ? "." : directory
        var status = stat()
        if stat(place, &status) == 0 {
            try check(place, status)
        } else {
            guard errno == ENOENT else { throw failure(place) }
            // The first one above that is there will hold what is made.
            repeat {
                place = (place as NSString).deletingLastPathComponent
                if place.isEmpty { place = "." }
            } while stat(place, &status) != 0 && errno == ENOENT && place != "."
            guard status.st_mode & S_IFMT == S_IFDIR else { throw .system(place, reason: "it is no directory") }
        }
        guard faccessat(AT_FDCWD, place, W_OK | X_OK, AT_EACCESS) == 0 else { throw failure(place) }
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }
    }

    /// Removes the file, unless another daemon has put its own there.
    func remove() {
        if FileNumber(of: path) == file { unlink(path) }
    }

    private static func prepare(_ directory: String) throws(LocalSocketError) {
        let above = (directory as NSString).deletingLastPathComponent
        if !above.isEmpty {
            do {
                try FileManager.default.createDirectory(atPath: above, withIntermediateDirectories: true)
            } catch {
                throw .system(above, reason: error.localizedDescription)
            }
        }
        if mkdir(directory, 0o700) == 0 { return }
        guard errno == EEXIST else { throw failure(directory) }
        var status = stat()
        guard stat(directory, &status) == 0 else { throw failure(directory) }
        try check(directory, status)
    }

    /// The directory is the daemon's own, and nobody else may enter it.
    private static func check(_ directory: String, _ status: stat) throws(LocalSocketError) {
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .system(directory, reason: "it is no directory") }
        guard status.st_uid == geteuid() else { throw .foreignDirectory(directory) }
        guard status.st_mode & 0o077 == 0 else { throw .openDirectory(directory, mode: status.st_mode & 0o777) }
    }

    /// Removes a socket that nobody listens on.
    private static func clear(_ path: String, _ address: SocketAddress) throws(LocalSocketError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw failure(path) }
            return
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }
        let probe = try make(path)
        defer { close(probe) }
        let answer = address.withSockAddr { connect(probe, $0, socklen_t($1)) }
        guard answer != 0, errno != EAGAIN else { throw .inUse(path) }
        guard errno == ECONNREFUSED, unlink(path) == 0 else { throw failure(path) }
    }

    private static func listen(_ path: String, _ address: SocketAddress) throws(LocalSocketError) -> CInt {
        let descriptor = try make(path)
        // Linux gives the file the mode of the socket, so that there is no moment in which others could open it.
        guard fchmod(descriptor, 0o600) == 0,
            address.withSockAddr({ bind(descriptor, $0, socklen_t($1)) }) == 0,
            Glibc.listen(descriptor, 128) == 0
        else {
            let failure = failure(path)
            close(descriptor)
            throw failure
        }
        return descriptor
    }

    private static func make(_ path: String) throws(LocalSocketError) -> CInt {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw failure(path) }
        return descriptor
    }

    private static func failure(_ path: String) -> LocalSocketError {
        .system(path, reason: String(cString: strerror(errno)).lowercased())
    }
}

/// What tells one file from another of the same name.
private struct FileNumber: Equatable, Sendable {
    let device: dev_t
    let number: ino_t

    /// `nil` when there is none.
    init?(of path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        (device, number) = (status.st_dev, status.st_ino)
    }
}
