package import IPsec

/// Addresses in network byte order.
extension [UInt8] {
    /// The IPv4 or IPv6 address at `index`; all its octets must be there.
    package func address(_ family: AddressFamily, at index: Int) -> IPAddress {
        switch family {
        case .v4:
            IPAddress(family: .v4, value: UInt128(bigEndian32(at: index)))
        case .v6:
            IPAddress(
                family: .v6, value: UInt128(bigEndian64(at: index)) << 64 | UInt128(bigEndian64(at: index + 8)))
        }
    }

    /// Adds the 4 or 16 octets of `address`.
    package mutating func append(_ address: IPAddress) {
        if address.family == .v6 {
            append(bigEndian: UInt64(truncatingIfNeeded: address.value >> 64))
            append(bigEndian: UInt64(truncatingIfNeeded: address.value))
        } else {
            append(bigEndian: UInt32(truncatingIfNeeded: address.value))
        }
    }
}
