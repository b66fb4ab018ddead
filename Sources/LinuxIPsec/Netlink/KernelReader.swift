/// Reads a structure of the kernel field by field, in the machine's byte order and with the padding of its C compiler.
package struct KernelReader {
    private var rest: ArraySlice<UInt8>

    /// Reads `octets` from their first one on.
    package init(_ octets: ArraySlice<UInt8>) { rest = octets }

    /// How many octets were not read.
    package var left: Int { rest.count }

    /// The next `count` octets.
    package mutating func octets(_ count: Int) throws(NetlinkError) -> ArraySlice<UInt8> {
        guard count >= 0, rest.count >= count else { throw .truncated }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// Leaves octets out: padding, or a field that nobody needs.
    package mutating func skip(_ count: Int) throws(NetlinkError) { _ = try octets(count) }

    /// An integer of the machine's byte order.
    package mutating func integer<Integer: FixedWidthInteger & UnsignedInteger>(
        _ type: Integer.Type = Integer.self
    ) throws(NetlinkError) -> Integer {
        try bits(of: type)
    }

    /// An integer in network byte order.
    package mutating func networkInteger<Integer: FixedWidthInteger & UnsignedInteger>(
        _ type: Integer.Type = Integer.self
    ) throws(NetlinkError) -> Integer { Integer(bigEndian: try bits(of: type)) }

    /// An address whose family stands elsewhere, in its 16 octets (`xfrm_address_t`).
    package mutating func address() throws(NetlinkError) -> KernelAddress {
        KernelAddress(upper: try networkInteger(), lower: try networkInteger())
    }

    /// A text in a field of that many octets, up to its first zero.
    package mutating func text(_ count: Int) throws(NetlinkError) -> String {
        String(decoding: try octets(count).prefix { $0 != 0 }, as: UTF8.self)
    }

    private mutating func bits<Integer: FixedWidthInteger & UnsignedInteger>(
        of type: Integer.Type
    ) throws(NetlinkError) -> Integer {
        let count = Integer.bitWidth / 8
        guard rest.count >= count else { throw .truncated }
        let value = rest.withUnsafeBytes { $0.loadUnaligned(as: Integer.self) }
        rest = rest.dropFirst(count)
        return value
    }
}
