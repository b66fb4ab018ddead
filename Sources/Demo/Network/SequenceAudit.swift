import IPPackets
package import IPsec
import Synchronization
import UserspaceIPsec

/// Looks at what all nodes send for a sequence number that an SA uses for two packets: the first invariant, seen on the
/// wire. The same packet may be sent again: by a node that hands it on.
package final class SequenceAudit: Sendable {
    /// How many numbers below the highest are remembered of each SA; a power of two. An older one counts as used again,
    /// since nothing on the way from a sender to its wire puts so many packets out of order.
    static let depth = 1 << 12

    fileprivate struct Key: Hashable {
        let realm: Realm
        let destination: IPAddress
        let securityProtocol: UInt8
        let spi: UInt32
    }

    fileprivate struct Used {
        var highest: UInt32
        /// A hash of the packet of each number, at the number modulo the depth; `nil` where none was sent.
        var packets = [Int?](repeating: nil, count: SequenceAudit.depth)
    }

    private let state = Mutex((used: [Key: Used](), reused: 0))

    /// One that has seen nothing.
    package init() {}

    /// How many numbers were used again.
    package var reused: Int { state.withLock { $0.reused } }

    /// Takes a packet that a node sent in a realm; whatever is not ESP or AH passes.
    package func take(_ packet: [UInt8], in realm: Realm = .default) {
        guard let ip = try? IPPacket(packet), let (spi, number) = Self.numbers(ip) else { return }
        let hash = ip.payload.hashValue
        let key = Key(realm: realm, destination: ip.destination, securityProtocol: ip.nextProtocol, spi: spi)
        state.withLock { state in
            if !state.used[key, default: Used(highest: number)].take(number, hash) { state.reused += 1 }
        }
    }
}

extension SequenceAudit {
    /// SPI and the low 32 bits of the sequence number, where the header is whole.
    private static func numbers(_ ip: IPPacket) -> (spi: UInt32, number: UInt32)? {
        let offset: Int
        switch ip.nextProtocol {
        case 50: offset = 0
        case 51: offset = 4
        default: return nil
        }
        let header = ip.payload.dropFirst(offset).prefix(8)
        guard ip.fragment == .whole, header.count == 8 else { return nil }
        let words = header.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        return (UInt32(truncatingIfNeeded: words >> 32), UInt32(truncatingIfNeeded: words))
    }
}

extension SequenceAudit.Used {
    /// Notes the packet of a number; `false` where the number was used for another one.
    fileprivate mutating func take(_ number: UInt32, _ packet: Int) -> Bool {
        let ahead = Int32(bitPattern: number &- highest)
        if ahead > 0 {
            for step in 1...UInt32(min(ahead, Int32(SequenceAudit.depth))) { self[highest &+ step] = nil }
            highest = number
        }
        guard ahead > -Int32(SequenceAudit.depth) else { return false }
        defer { self[number] = packet }
        return self[number] == nil || self[number] == packet
    }

    private subscript(number: UInt32) -> Int? {
        get { packets[Int(number) % packets.count] }
        set { packets[Int(number) % packets.count] = newValue }
    }
}
