/// The version of the Internet Protocol that an address belongs to.
package enum AddressFamily: UInt8, Hashable, Sendable, CaseIterable {
    case v4 = 4
    case v6 = 6

    /// The length of an address: 4 or 16 octets.
    package var octets: Int { self == .v4 ? 4 : 16 }
    /// The length of an address in bits: 32 or 128.
    package var bits: Int { octets * 8 }
}
