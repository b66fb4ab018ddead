/// Why a UNIX socket cannot be listened on.
package enum LocalSocketError: Error, Hashable, Sendable {
    /// The path is longer than an address can be, 107 octets.
    case tooLong(String)
    /// Another process listens on it.
    case inUse(String)
    /// There is something else of that name.
    case notASocket(String)
    /// Others than its owner may enter the directory.
    case openDirectory(String, mode: UInt32)
    /// The directory belongs to somebody else.
    case foreignDirectory(String)
    /// The file or directory, and the operating system's reason.
    case system(String, reason: String)
}

extension LocalSocketError: CustomStringConvertible {
    /// A sentence without its full stop.
    package var description: String {
        switch self {
        case .tooLong(let path): "\(path) is too long for a UNIX socket: choose a path of at most 107 octets"
        case .inUse(let path): "another daemon listens on \(path): stop it, or choose another path"
        case .notASocket(let path): "\(path) is there and no socket: remove it, or choose another path"
        case .openDirectory(let path, let mode):
            "\(path) is open to others (mode \(String(mode, radix: 8))): give the socket a directory of its own, or run "
                + "chmod 700 on it"
        case .foreignDirectory(let path): "\(path) belongs to another user: give the socket a directory of its own"
        case .system(let path, let reason): "the UNIX socket \(path) cannot be made: \(reason)"
        }
    }
}
