import StrongSwan
import Testing

@Suite("VICI segments")
struct SegmentTests {
    @Test("however a stream is cut, the same packets come out of it", arguments: [1, 2, 3, 5, 7, 64, 1000])
    func cut(size: Int) throws {
        let octets = try Recording(name: "list-sas").octets("received")
        var segments = ViciSegments()
        var packets: [ViciPacket] = []
        for start in stride(from: 0, to: octets.count, by: size) {
            segments.append(octets[start..<min(start + size, octets.count)])
            while let packet = try segments.next() { packets.append(packet) }
        }
        #expect(packets == (try Recording(name: "list-sas").received()))
        #expect(!segments.isInside)
    }

    @Test("a segment of 512 KiB is waited for, a longer one is refused at its length")
    func longest() throws {
        var segments = ViciSegments()
        segments.append([0, 8, 0, 0, 1] as [UInt8])
        #expect(try segments.next() == nil)
        segments = ViciSegments()
        segments.append([0, 8, 0, 1] as [UInt8])
        #expect(throws: ViciError.segment(octets: 524_289)) { try segments.next() }
    }

    @Test("a message that does not fit a segment cannot be said")
    func tooMuch() {
        let value = [UInt8](repeating: 0, count: 60_000)
        let message = ViciMessage((0..<9).map { ViciElement("\($0)", .value(value)) })
        #expect(throws: ViciError.self) { try ViciSegments.segment(.commandResponse(message)) }
    }

    @Test("a segment without octets is no packet")
    func empty() {
        var segments = ViciSegments()
        segments.append([0, 0, 0, 0] as [UInt8])
        #expect(throws: ViciError.truncated(needed: 1, available: 0)) { try segments.next() }
    }
}
