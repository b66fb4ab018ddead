import Foundation
import IPsec

/// An SA's identifier as a line: protocol, SPI, address and, where it is not the default, realm.
enum IdentifierText {
    static func line(_ identifier: SAIdentifier) -> String {
        let realm = identifier.realm.name.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
        return "\(identifier.securityProtocol.name) \(identifier.spi) \(identifier.destination) \(realm)"
    }

    /// `nil` for a line that is none.
    static func identifier(_ line: Substring) -> SAIdentifier? {
        let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        guard words.count == 4, let kind = SecurityProtocol.allCases.first(where: { $0.name == words[0] }),
            words[1].hasPrefix("0x"), let number = UInt32(words[1].dropFirst(2), radix: 16), let spi = SPI(number),
            let destination = IPAddress(String(words[2])), let name = words[3].removingPercentEncoding,
            let realm = Realm(name)
        else { return nil }
        return SAIdentifier(spi: spi, destination: destination, securityProtocol: kind, realm: realm)
    }

    /// What needs no escape: a realm comes from another router, and may have a line's end in it.
    private static let plain = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
}
