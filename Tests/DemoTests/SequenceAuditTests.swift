import Demo
import Testing

@Suite("Sequence numbers on the wire")
struct SequenceAuditTests {
    /// An IPv4 packet with the first octets of ESP or AH, and octets of its own, or none where its content is 0.
    private func packet(
        _ number: UInt32, spi: UInt8 = 1, securityProtocol: UInt8 = 50, content: UInt8 = 1
    ) -> [UInt8] {
        let octets = (0..<4).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        let header = (securityProtocol == 51 ? [4, 4, 0, 0] : []) + [0, 0, 1, spi] + octets
        let random = (0..<8).map { _ in UInt8.random(in: .min ... .max) }
        let payload =
            header + (content == 0 ? [UInt8](repeating: 0, count: 8) : random)
            + [UInt8](repeating: 0, count: 32 - header.count)
        var ip: [UInt8] = [0x45, 0, 0, 60, 0, 0, 0, 0, 64, securityProtocol, 0, 0, 127, 0, 0, 1, 127, 0, 0, 2]
        let sum = stride(from: 0, to: 20, by: 2).reduce(0) { $0 + (Int(ip[$1]) << 8 | Int(ip[$1 + 1])) }
        let checksum = ~UInt16(truncatingIfNeeded: sum % 0xffff)
        (ip[10], ip[11]) = (UInt8(checksum >> 8), UInt8(checksum & 0xff))
        return ip + payload
    }

    @Test(
        "a number that an SA uses again is seen, also long after, and across the end of 32 bits",
        arguments: [
            ([1, 2, 3, 5, 4], 0), ([1, 2, 2], 1), ([1, 70_000, 1], 1), ([1, 70_000, 69_999, 69_999], 1),
            ([4_294_967_295, 0, 1, 4_294_967_295], 1), ([9, 8, 7, 6], 0), ([5, 4_101, 6, 6], 1),
        ] as [([UInt32], Int)])
    func reuse(numbers: [UInt32], reused: Int) {
        let audit = SequenceAudit()
        for number in numbers { audit.take(packet(number)) }
        #expect(audit.reused == reused)
    }

    @Test("a packet that another node hands on is the same packet")
    func handedOn() {
        let audit = SequenceAudit()
        for number: UInt32 in [1, 2, 1, 2] { audit.take(packet(number, content: 0)) }
        #expect(audit.reused == 0)
        audit.take(packet(2))
        #expect(audit.reused == 1)
    }

    @Test("SAs count apart, and what is neither ESP nor AH is let pass")
    func apart() {
        let audit = SequenceAudit()
        for _ in 0..<2 { audit.take(packet(1, securityProtocol: 17)) }
        audit.take(packet(1))
        audit.take(packet(1, spi: 2))
        audit.take(packet(1, securityProtocol: 51))
        #expect(audit.reused == 0)
        audit.take(packet(1, securityProtocol: 51))
        #expect(audit.reused == 1)
    }
}
