package import IPsec

/// Writes a structure of the kernel field by field, in the machine's byte order and with the padding of its C compiler.
package struct KernelWriter {
    /// What was written.
    package private(set) var octets: [UInt8] = []

    package init() {}

    /// With room for so many octets, so that they are not moved while more come.
    package init(capacity: Int) { octets.reserveCapacity(capacity) }

    /// Lends what was written, to be overwritten.
    mutating func withOctets<Failure: Error>(_ body: (inout [UInt8]) throws(Failure) -> Void) throws(Failure) {
        try body(&octets)
    }

    package mutating func append(_ more: some Sequence<UInt8>) { octets.append(contentsOf: more) }

    /// Zeros: padding, or a field that is not used.
    package mutating func zeros(_ count: Int) { octets.append(contentsOf: repeatElement(0, count: count)) }

    /// An integer in the machine's byte order.
    package mutating func integer<Integer: FixedWidthInteger & UnsignedInteger>(_ value: Integer) {
        withUnsafeBytes(of: value) { octets.append(contentsOf: $0) }
    }

    /// An integer in network byte order.
    package mutating func networkInteger<Integer: FixedWidthInteger & UnsignedInteger>(_ value: Integer) {
        withUnsafeBytes(of: value.bigEndian) { octets.append(contentsOf: $0) }
    }

    /// An address in 16 octets (`xfrm_address_t`); zeros for none.
    package mutating func address(_ address: IPAddress?) {
        let field = KernelAddress(address)
        networkInteger(field.upper)
        networkInteger(field.lower)
    }

    /// A text in a field of that many octets, with a zero at its end.
    package mutating func text(_ text: String, in count: Int) {
        let own = text.utf8.prefix(count - 1)
        append(own)
        zeros(count - own.count)
    }
}
