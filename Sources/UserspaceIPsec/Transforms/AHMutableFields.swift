internal import IPPackets

/// The fields that routers may change, which count as zero in AH's ICV (RFC 4302 section 3.3.3.1, appendix A).
enum AHMutableFields {
    /// Zeroes them in the headers before the AH header, which starts at `end`.
    static func zero(in octets: inout [UInt8], before end: Int) throws(PacketError) {
        guard octets[0] >> 4 == 4 else { return try zeroV6(in: &octets, before: end) }
        octets[1] = 0  // DSCP and ECN
        octets.put(0, at: 6)  // flags and fragment offset
        octets[8] = 0  // time to live
        octets.put(0, at: 10)  // checksum
        try zeroOptions(in: &octets, before: end)
    }

    /// IPv4 options that no router changes: end, no operation, security, router alert, multi-destination.
    private static let immutableOptions: Set<UInt8> = [0, 1, 130, 133, 134, 148, 149]

    private static func zeroOptions(in octets: inout [UInt8], before end: Int) throws(PacketError) {
        var index = 20
        while index < end, octets[index] != 0 {
            if octets[index] == 1 {
                index += 1
                continue
            }
            guard index + 1 < end else { throw .truncated(needed: index + 2, available: end) }
            let count = Int(octets[index + 1])
            guard count >= 2, index + count <= end else { throw .impossibleLength(count) }
            if !immutableOptions.contains(octets[index]) {
                for position in index..<(index + count) { octets[position] = 0 }
            }
            index += count
        }
    }

    private static func zeroV6(in octets: inout [UInt8], before end: Int) throws(PacketError) {
        octets[0] = 0x60  // traffic class and flow label
        octets[1] = 0
        octets.put(0, at: 2)
        octets[7] = 0  // hop limit
        var (index, current) = (IPv6Header.count, octets[6])
        while index < end {
            guard index + 8 <= end else { throw .truncated(needed: index + 8, available: end) }
            let count = (Int(octets[index + 1]) + 1) * 8
            guard index + count <= end else { throw .truncated(needed: index + count, available: end) }
            switch current {
            case IPProtocol.hopByHop, IPProtocol.destinationOptions:
                try zeroMutableOptions(in: &octets, (index + 2)..<(index + count))
            case IPProtocol.routing:
                // The destination is predictable only when the last segment was reached.
                guard octets[index + 3] == 0 else { throw .unpredictable(header: current) }
            default:
                throw .unpredictable(header: current)
            }
            current = octets[index]
            index += count
        }
    }

    /// Zeroes the data of each option whose third-highest type bit says that it may change (RFC 8200 section 4.2).
    private static func zeroMutableOptions(in octets: inout [UInt8], _ range: Range<Int>) throws(PacketError) {
        var index = range.lowerBound
        while index < range.upperBound {
            if octets[index] == 0 {
                index += 1
                continue
            }
            guard index + 1 < range.upperBound else { throw .truncated(needed: index + 2, available: range.upperBound) }
            let next = index + 2 + Int(octets[index + 1])
            guard next <= range.upperBound else { throw .truncated(needed: next, available: range.upperBound) }
            if octets[index] & 0x20 != 0 {
                for position in (index + 2)..<next { octets[position] = 0 }
            }
            index = next
        }
    }
}
