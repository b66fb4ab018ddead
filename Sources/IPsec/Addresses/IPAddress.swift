/// An IPv4 or IPv6 address.
///
/// Ordered by family first (IPv4 before IPv6), then by value, so that ranges of one family are contiguous.
package struct IPAddress: Hashable, Sendable {
    /// IPv4 or IPv6.
    package let family: AddressFamily
    // Two halves, because a `UInt128` among an async function's arguments makes Swift 6.3.1 on x86-64 lose track of the
    // stack pointer, and jump to address 0 at the next suspension.
    private let upper: UInt64
    private let lower: UInt64

    /// The address as a number; an IPv4 address fills the lower 32 bits.
    package var value: UInt128 { UInt128(upper) << 64 | UInt128(lower) }

    /// The address whose number is `value`; bits that do not fit the family are dropped.
    package init(family: AddressFamily, value: UInt128) {
        self.family = family
        upper = family == .v4 ? 0 : UInt64(truncatingIfNeeded: value >> 64)
        lower = UInt64(truncatingIfNeeded: value) & (family == .v4 ? 0xffff_ffff : .max)
    }

    /// The IPv4 address of four octets in network order.
    package init(v4 a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
        self.init(family: .v4, value: UInt128(a) << 24 | UInt128(b) << 16 | UInt128(c) << 8 | UInt128(d))
    }

    /// The address in network byte order: 4 octets are IPv4, 16 are IPv6, any other count is `nil`.
    package init?(octets: some Collection<UInt8>) {
        guard octets.count == 4 || octets.count == 16 else { return nil }
        let value = octets.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        self.init(family: octets.count == 4 ? .v4 : .v6, value: value)
    }

    /// The address in network byte order: 4 or 16 octets.
    package var octets: [UInt8] {
        func octets(_ half: UInt64) -> [UInt8] {
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: half >> UInt64($0)) }
        }
        return family == .v4 ? Array(octets(lower).suffix(4)) : octets(upper) + octets(lower)
    }

    /// This address as IPv6: an IPv4 address becomes `::ffff:a.b.c.d` (RFC 4291 section 2.5.5.2).
    package var mapped: IPAddress {
        family == .v6 ? self : IPAddress(family: .v6, value: value | 0xffff_0000_0000)
    }

    /// This address with an IPv4-mapped form undone.
    package var unmapped: IPAddress {
        family == .v6 && value >> 32 == 0xffff ? IPAddress(family: .v4, value: value) : self
    }

    /// `0.0.0.0` or `::`.
    package var isUnspecified: Bool { value == 0 }
}

extension IPAddress: Comparable {
    package static func < (left: IPAddress, right: IPAddress) -> Bool {
        (left.family.rawValue, left.value) < (right.family.rawValue, right.value)
    }
}
