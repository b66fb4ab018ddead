package import IPsec

/// An address as the kernel has it in structures: 16 octets, of which one of IPv4 fills the first four (`xfrm_address_t`).
package struct KernelAddress {
    /// The first eight octets, read as a number in network byte order.
    let upper: UInt64
    /// The last eight octets, read likewise.
    let lower: UInt64

    /// The address in a field of these halves.
    init(upper: UInt64, lower: UInt64) { (self.upper, self.lower) = (upper, lower) }

    /// Zeros for none.
    init(_ address: IPAddress?) {
        let value = address?.value ?? 0
        switch address?.family ?? .v4 {
        case .v4: (upper, lower) = (UInt64(truncatingIfNeeded: value) << 32, 0)
        case .v6: (upper, lower) = (UInt64(truncatingIfNeeded: value >> 64), UInt64(truncatingIfNeeded: value))
        }
    }

    /// The address that it is in that family.
    package func address(_ family: AddressFamily) -> IPAddress {
        switch family {
        case .v4: IPAddress(family: .v4, value: UInt128(upper >> 32))
        case .v6: IPAddress(family: .v6, value: UInt128(upper) << 64 | UInt128(lower))
        }
    }
}
