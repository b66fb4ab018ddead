internal import Glibc
internal import IPsec

/// A new file that only its owner can read, because it holds keys or plaintext.
final class PrivateFile: Sendable {
    private let descriptor: CInt

    /// Makes the file, or empties it when there is one; never follows a symbolic link.
    init(_ path: String) throws(StackError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        // One that was there before keeps its mode at `open`.
        guard descriptor >= 0, fchmod(descriptor, 0o600) == 0 else { throw Self.failure("open \(path)") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Adds octets at the end.
    func write(_ octets: [UInt8]) throws(StackError) {
        var rest = octets[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure("write") }
            rest = rest.dropFirst(count)
        }
    }

    private static func failure(_ what: String) -> StackError {
        .system("\(what): \(String(cString: strerror(errno)))")
    }
}
