/// Cuts an octet stream into VICI packets, each of which has its length before it, in 32 bits of network order.
package struct ViciSegments: Sendable {
    /// The most octets of one segment, without its length: 512 KiB.
    package static let longest = 512 * 1024

    private var held: [UInt8] = []
    /// Where in ``held`` the next segment begins.
    private var start = 0

    /// At the beginning of a stream.
    package init() {}

    /// Whether a segment was begun and not ended.
    package var isInside: Bool { start < held.count }

    /// Adds what was received.
    package mutating func append(_ octets: some Sequence<UInt8>) {
        held.removeFirst(start)
        start = 0
        held.append(contentsOf: octets)
    }

    /// The next whole packet; `nil` when more octets are needed. After an error the stream cannot be used any more.
    package mutating func next() throws(ViciError) -> ViciPacket? {
        let available = held.count - start
        guard available >= 4 else { return nil }
        let length = held[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.longest else { throw .segment(octets: length) }
        guard available >= 4 + length else { return nil }
        defer { start += 4 + length }
        return try ViciPacket(decoding: held[start + 4..<start + 4 + length])
    }

    /// A packet as a segment, its length before it.
    package static func segment(_ packet: ViciPacket) throws(ViciError) -> [UInt8] {
        let octets = try packet.encoded()
        guard octets.count <= longest else { throw .segment(octets: octets.count) }
        return (0..<4).map { UInt8(truncatingIfNeeded: octets.count >> (24 - 8 * $0)) } + octets
    }
}
