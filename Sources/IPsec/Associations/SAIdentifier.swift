/// What names one SA on the wire: SPI, destination and protocol (RFC 4301 section 4.1), in a realm.
///
/// Two SAs with the same identifier cannot live at one gateway: that is an SPI in use (draft section 7.2).
package struct SAIdentifier: Hashable, Sendable {
    package let spi: SPI
    /// The outer destination address.
    package let destination: IPAddress
    package let securityProtocol: SecurityProtocol
    package let realm: Realm

    package init(spi: SPI, destination: IPAddress, securityProtocol: SecurityProtocol, realm: Realm = .default) {
        self.spi = spi
        self.destination = destination
        self.securityProtocol = securityProtocol
        self.realm = realm
    }
}

extension SAIdentifier {
    /// Of what differs nearly always: tables of thousands are looked up in the pause of a move.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(spi.value)
        hasher.combine(UInt64(truncatingIfNeeded: destination.value))
    }
}

extension SAIdentifier: Comparable, CustomStringConvertible {
    package static func < (left: SAIdentifier, right: SAIdentifier) -> Bool {
        (left.realm, left.destination, left.securityProtocol.rawValue, left.spi)
            < (right.realm, right.destination, right.securityProtocol.rawValue, right.spi)
    }

    /// For example `esp 0x00001001 to 127.10.0.3`, with the realm where it is not the default one.
    package var description: String {
        let place = realm == .default ? "" : " in realm \(realm)"
        return "\(securityProtocol.name) \(spi) to \(destination)\(place)"
    }
}
