internal import IPsec

/// Puts the fragments of IPv4 packets together at their destination (RFC 791 section 3.2). A value, without a clock: of
/// many packets that stay incomplete the oldest are forgotten.
package struct FragmentReassembly: Sendable {
    private struct Key: Hashable {
        let source: IPAddress
        let destination: IPAddress
        let proto: UInt8
        let identification: UInt16
    }

    private struct Parts {
        var header: IPv4Header
        var pieces: [Int: ArraySlice<UInt8>] = [:]
        /// The length of the whole, once its last fragment came.
        var total: Int?
    }

    private var waiting: [Key: Parts] = [:]
    private var order: [Key] = []
    /// How many packets may be incomplete at a time.
    private static let limit = 64

    package init() {}

    /// Takes a packet for this host: gives it back where it is whole, or what it completes; `nil` while parts are missing.
    package mutating func take(_ packet: IPPacket) -> IPPacket? {
        guard packet.family == .v4, packet.fragment != .whole, let (header, _) = try? IPv4Header.parse(packet.octets)
        else { return packet }
        let key = Key(
            source: packet.source, destination: packet.destination, proto: packet.nextProtocol,
            identification: packet.identification)
        if waiting[key] == nil { order.append(key) }
        var parts = waiting[key] ?? Parts(header: header)
        let offset = Int(header.fragmentOffset) * 8
        parts.pieces[offset] = packet.payload
        if !header.moreFragments { parts.total = offset + packet.payload.count }
        waiting[key] = parts
        guard let whole = Self.joined(parts) else {
            if order.count > Self.limit { waiting[order.removeFirst()] = nil }
            return nil
        }
        waiting[key] = nil
        order.removeAll { $0 == key }
        return whole
    }

    private static func joined(_ parts: Parts) -> IPPacket? {
        guard let total = parts.total else { return nil }
        var content: [UInt8] = []
        while content.count < total {
            guard let piece = parts.pieces[content.count], !piece.isEmpty else { return nil }
            content += piece
        }
        var header = parts.header
        (header.fragmentOffset, header.moreFragments) = (0, false)
        return (try? header.octets(payloadCount: content.count) + content).flatMap { try? IPPacket($0) }
    }
}
