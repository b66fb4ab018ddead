package import ForwardingPath
import Foundation
package import IPsec

/// What a daemon shares with mobile nodes, or a mobile node with its routers, for authorization tokens (RFC 4067 section
/// 2.5.1): a file of its own, which nobody but its owner may read.
///
/// ```yaml
/// # /etc/ferry/secrets.yaml: a node, and at least 64 hexadecimal digits
/// MN: 3c0f…
/// ```
///
/// It is YAML to a person, and read without: what it says is overwritten in memory once it is read.
package enum SecretsFile {
    /// The fewest octets of a secret: as many as the code that is made with it.
    package static let leastOctets = 32

    /// How large the file may be, in octets.
    private static let limit = 1 << 20

    /// The secrets of the file at `path`, by the node that each is shared with.
    package static func load(_ path: String) throws(FileError) -> [NodeName: KeyMaterial] {
        var octets = try read(path)
        defer { for index in octets.indices { octets[index] = 0 } }
        var secrets: [NodeName: KeyMaterial] = [:]
        for (number, line) in octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        {
            guard let (name, secret) = try entry(line, number + 1, path) else { continue }
            guard secrets.updateValue(secret, forKey: name) == nil else {
                throw FileError(
                    file: path, line: number + 1, problem: "\(name) has a secret already", fix: "Leave one of them.")
            }
        }
        return secrets
    }

    private static func read(_ path: String) throws(FileError) -> [UInt8] {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(
                file: path, problem: "the file cannot be read", fix: "Check that it exists, is a file and may be read.")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw FileError(
                file: path, problem: "others than its owner may read the file, or write it",
                fix: "Run `chmod 600 \(path)`, and have new secrets if anybody did.")
        }
        guard let handle = FileHandle(forReadingAtPath: path), var data = try? handle.read(upToCount: limit) else {
            throw FileError(file: path, problem: "the file cannot be read", fix: "Check who its owner is.")
        }
        defer { data.resetBytes(in: data.startIndex..<data.endIndex) }
        return Array(data)
    }

    /// What a line says; `nil` where it is empty or a comment.
    private static func entry(
        _ line: ArraySlice<UInt8>, _ number: Int, _ path: String
    ) throws(FileError) -> (NodeName, KeyMaterial)? {
        let blanks: [UInt8] = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]
        let said = line.prefix { $0 != UInt8(ascii: "#") }.filter { !blanks.contains($0) }
        guard !said.isEmpty else { return nil }
        let parts = said.split(separator: UInt8(ascii: ":"), maxSplits: 1)
        guard parts.count == 2, let name = NodeName(String(decoding: parts[0], as: UTF8.self)) else {
            throw FileError(
                file: path, line: number, problem: "the line is no secret of a node",
                fix: "Write it like `MN: ` and at least \(leastOctets * 2) hexadecimal digits.")
        }
        var octets = hexadecimal(parts[1])
        defer { for index in octets.indices { octets[index] = 0 } }
        guard octets.count >= leastOctets else {
            throw FileError(
                file: path, line: number,
                problem: "the secret of \(name) has not at least \(leastOctets * 2) hexadecimal digits",
                fix: "Make one with `openssl rand -hex \(leastOctets)`.")
        }
        return (name, KeyMaterial(octets: octets))
    }

    /// The octets of an even number of hexadecimal digits; none for anything else.
    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            guard let value = Character(UnicodeScalar(digit)).hexDigitValue.map({ UInt8($0) }) else { return [] }
            if let first = high {
                octets.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? octets : []
    }
}
