/// The pcap file format with whole IP packets (libpcap's `LINKTYPE_RAW`), microseconds, little endian.
enum CaptureFormat {
    /// Link type 101: the packet starts with its IPv4 or IPv6 header.
    private static let rawIP: UInt32 = 101
    private static let largestPacket: UInt32 = 65_535

    /// What the file starts with.
    static var fileHeader: [UInt8] {
        words([0xa1b2_c3d4, 4 << 16 | 2, 0, 0, largestPacket, rawIP])
    }

    /// A packet with the time since 1970 at which it was seen.
    static func record(_ packet: [UInt8], seconds: UInt32, microseconds: UInt32) -> [UInt8] {
        let count = UInt32(clamping: packet.count)
        return words([seconds, microseconds, count, count]) + packet
    }

    private static func words(_ words: [UInt32]) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
    }
}
