import Foundation
import IPsec

/// An SA's identifier as a line: protocol, SPI, address and, where it is not the default, realm.
enum IdentifierText {
    static func line(_ identifier: SAIdentifier) -> String {
        let name = identifier.realm.name
        let realm = name.isEmpty ? "" : name.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
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

    /// An update as a line: order, new SPI, new address and the identifier.
    static func line(_ update: GatewayUpdate) -> String {
        "\(update.order) \(update.name.spi) \(update.name.address) \(line(update.identifier))"
    }

    /// `nil` for a line that is none.
    static func update(_ line: Substring) -> GatewayUpdate? {
        let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        guard words.count == 4, let order = UInt32(words[0]), words[1].hasPrefix("0x"),
            let spi = UInt32(words[1].dropFirst(2), radix: 16).flatMap(SPI.init),
            let address = IPAddress(String(words[2])), let identifier = identifier(words[3])
        else { return nil }
        return GatewayUpdate(identifier: identifier, name: GatewayName(spi: spi, address: address), order: order)
    }

    /// What needs no escape: a realm comes from another router, and may have a line's end in it.
    private static let plain = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
}
