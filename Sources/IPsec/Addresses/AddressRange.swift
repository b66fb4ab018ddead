/// A range of addresses of one family, both ends included (RFC 4301 section 4.4.1.1).
package struct AddressRange: Hashable, Sendable {
    /// The first address.
    package let lower: IPAddress
    /// The last address; never before ``lower`` and of the same family.
    package let upper: IPAddress

    /// The range between two addresses; `nil` when they differ in family or are in the wrong order.
    package init?(_ lower: IPAddress, _ upper: IPAddress) {
        guard lower.family == upper.family, lower <= upper else { return nil }
        (self.lower, self.upper) = (lower, upper)
    }

    /// The range of one address.
    package init(_ address: IPAddress) {
        (lower, upper) = (address, address)
    }

    /// The range of a prefix; `nil` when `length` exceeds the bits of the family. Host bits are ignored.
    package init?(prefix: IPAddress, length: Int) {
        let bits = prefix.family.bits
        guard (0...bits).contains(length) else { return nil }
        let hosts: UInt128 = length == bits ? 0 : (UInt128.max >> UInt128(128 - (bits - length)))
        lower = IPAddress(family: prefix.family, value: prefix.value & ~hosts)
        upper = IPAddress(family: prefix.family, value: prefix.value | hosts)
    }

    /// Every address of a family.
    package static func all(_ family: AddressFamily) -> AddressRange {
        let top = IPAddress(family: family, value: .max)
        return AddressRange(lower: IPAddress(family: family, value: 0), upper: top)
    }

    /// Whether `address` lies in the range.
    package func contains(_ address: IPAddress) -> Bool {
        lower.family == address.family && lower <= address && address <= upper
    }

    /// Whether the range is a single address.
    package var isSingle: Bool { lower == upper }

    private init(lower: IPAddress, upper: IPAddress) {
        (self.lower, self.upper) = (lower, upper)
    }
}

extension AddressRange: CustomStringConvertible {
    /// One address, a prefix such as `10.0.0.0/8`, or `lower-upper`.
    package var description: String {
        if isSingle { return lower.description }
        let span = upper.value - lower.value
        let isPrefix = span & (span &+ 1) == 0 && lower.value & span == 0
        guard isPrefix else { return "\(lower)-\(upper)" }
        return "\(lower)/\(lower.family.bits - (128 - span.leadingZeroBitCount))"
    }

    /// An address, a prefix, or two addresses with `-` between them; `nil` for anything else.
    package init?(_ text: some StringProtocol) {
        let slash = String(text).split(separator: Character("/"), omittingEmptySubsequences: false)
        let dash = String(text).split(separator: Character("-"), omittingEmptySubsequences: false)
        if slash.count == 2, let prefix = IPAddress(slash[0]), let length = Int(slash[1]) {
            self.init(prefix: prefix, length: length)
        } else if dash.count == 2, let lower = IPAddress(dash[0]), let upper = IPAddress(dash[1]) {
            self.init(lower, upper)
        } else if let address = IPAddress(text) {
            self.init(address)
        } else {
            return nil
        }
    }
}
