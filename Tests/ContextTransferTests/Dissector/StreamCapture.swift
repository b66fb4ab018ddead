/// A capture of TCP segments to port 5091, in pcap's form for raw IP.
struct StreamCapture {
    /// The most octets of an IPv4 packet after its header and TCP's.
    static let largestSegment = 65_535 - 40

    private(set) var octets: [UInt8]
    private var next: [UInt16: UInt32] = [:]

    init() {
        octets = []
        // Magic, version 2.4, zone, accuracy, largest packet, raw IP; numbers with their least octet first.
        for word in [0xa1b2_c3d4, 0x0004_0002, 0, 0, 65_535, 101] as [UInt32] { little(word) }
    }

    /// A segment of the connection from `port`; only the first `kept` octets of its packet are captured.
    mutating func add(_ segment: some Collection<UInt8>, from port: UInt16, kept: Int = .max) {
        var packet: [UInt8] = [0x45, 0]
        let size = 40 + segment.count
        let number = next[port, default: 1]
        next[port] = number &+ UInt32(segment.count)
        // IPv4: length, name, no fragment, 64 hops, TCP, no checksum, 127.0.0.1 to 127.0.0.1.
        packet += [UInt8(size >> 8), UInt8(size & 0xff), 0, 1, 0, 0, 64, 6, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1]
        packet += [UInt8(port >> 8), UInt8(port & 0xff), UInt8(5091 >> 8), UInt8(5091 & 0xff)]
        packet += (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
        // TCP: acknowledges 1, header of 5 words, PSH and ACK, window, no checksum, nothing urgent.
        packet += [0, 0, 0, 1, 0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0]
        packet += segment
        let captured = min(kept, packet.count)
        for word in [1, 0, UInt32(captured), UInt32(packet.count)] { little(word) }
        octets += packet.prefix(captured)
    }

    private mutating func little(_ word: UInt32) {
        octets += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
    }
}
