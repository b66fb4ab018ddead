package import ForwardingPath
import Foundation
package import IPsec

/// What a daemon shares with mobile nodes, or a mobile node with its routers, for authorization tokens (RFC 4067 section
/// 2.5.1): a file of its own, which nobody but its owner may read, and that owner is the daemon's user or root.
///
/// ```yaml
/// # /etc/ferry/secrets.yaml: a node, and at least 64 hexadecimal digits
/// MN: 3c0f…
/// ```
///
/// It is YAML to a person, and read without: what it says, and every copy of it, is overwritten in memory once it is read.
package enum SecretsFile {
    /// The fewest octets of a secret: as many as the code that is made with it.
    package static let leastOctets = 32

    /// How large the file may be, in octets.
    package static let limit = 1 << 20

    /// The secrets of the file at `path`, by the node that each is shared with.
    package static func load(_ path: String) throws(FileError) -> [NodeName: KeyMaterial] {
        var octets = try read(path)
        defer { wipe(&octets) }
        var secrets: [NodeName: KeyMaterial] = [:]
        var (start, number) = (octets.startIndex, 1)
        while start < octets.endIndex {
            let end = octets[start...].firstIndex(of: UInt8(ascii: "\n")) ?? octets.endIndex
            if let (name, secret) = try entry(octets, start..<end, number, path) {
                guard secrets.updateValue(secret, forKey: name) == nil else {
                    throw FileError(
                        file: path, line: number, problem: "\(name) has a secret already", fix: "Leave one of them.")
                }
            }
            (start, number) = (end + 1, number + 1)
        }
        return secrets
    }

    /// The whole file, which is looked at once it is open: what has its name may be another one by then.
    private static func read(_ path: String) throws(FileError) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard file >= 0 else {
            throw FileError(file: path, problem: "the file cannot be read", fix: "Check that it exists, and its owner.")
        }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(file: path, problem: "it is no file", fix: "Name a file with a secret in each line.")
        }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw FileError(
                file: path, problem: "the file is neither the daemon's user's nor root's",
                fix: "Run `chown` on \(path), and have new secrets if its owner is a stranger.")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw FileError(
                file: path, problem: "others than its owner may read the file, or write it",
                fix: "Run `chmod 600 \(path)`, and have new secrets if anybody did.")
        }
        guard status.st_size <= limit else { throw tooLarge(path) }
        return try contents(of: file, path)
    }

    private static func contents(of file: CInt, _ path: String) throws(FileError) -> [UInt8] {
        // Never made larger, which would leave a copy behind; one octet more than may be there tells that there is more.
        var octets = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < octets.count {
            let taken = unsafe octets.withUnsafeMutableBytes {
                unsafe Foundation.read(file, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if taken < 0, errno == EINTR { continue }
            guard taken >= 0 else {
                wipe(&octets)
                throw FileError(file: path, problem: "the file cannot be read", fix: "Check the disk that it is on.")
            }
            if taken == 0 { break }
            count += taken
        }
        guard count <= limit else {
            wipe(&octets)
            throw tooLarge(path)
        }
        octets.removeLast(octets.count - count)
        return octets
    }

    private static func tooLarge(_ path: String) -> FileError {
        FileError(
            file: path, problem: "the file has more than \(limit) octets", fix: "Leave nothing in it but secrets.")
    }

    /// Overwrites octets, whatever an optimizer thinks of it.
    private static func wipe(_ octets: inout [UInt8]) {
        unsafe octets.withUnsafeMutableBytes { octets in
            guard let start = octets.baseAddress else { return }
            unsafe explicit_bzero(start, octets.count)
        }
    }

    /// What a line says; `nil` where it is empty or a comment.
    private static func entry(
        _ octets: [UInt8], _ line: Range<Int>, _ number: Int, _ path: String
    ) throws(FileError) -> (NodeName, KeyMaterial)? {
        let blanks: [UInt8] = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]
        var said: [UInt8] = []
        said.reserveCapacity(line.count)
        defer { wipe(&said) }
        for index in line {
            if octets[index] == UInt8(ascii: "#") { break }
            if !blanks.contains(octets[index]) { said.append(octets[index]) }
        }
        guard !said.isEmpty else { return nil }
        guard let colon = said.firstIndex(of: UInt8(ascii: ":")),
            let name = NodeName(String(decoding: said[..<colon], as: UTF8.self))
        else {
            throw FileError(
                file: path, line: number, problem: "the line is no secret of a node",
                fix: "Write it like `MN: ` and at least \(leastOctets * 2) hexadecimal digits.")
        }
        var secret = hexadecimal(said[(colon + 1)...])
        defer { wipe(&secret) }
        guard secret.count >= leastOctets else {
            throw FileError(
                file: path, line: number,
                problem: "the secret of \(name) has not at least \(leastOctets * 2) hexadecimal digits",
                fix: "Make one with `openssl rand -hex \(leastOctets)`.")
        }
        return (name, KeyMaterial(octets: secret))
    }

    /// The octets of an even number of hexadecimal digits; none for anything else.
    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            guard let value = Character(UnicodeScalar(digit)).hexDigitValue.map({ UInt8($0) }) else {
                wipe(&octets)
                return []
            }
            if let first = high {
                octets.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard high == nil else {
            wipe(&octets)
            return []
        }
        return octets
    }
}
