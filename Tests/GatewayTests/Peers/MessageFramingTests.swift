import Gateway
import NIOCore
import Testing

@Suite("The framing of CXTP messages")
struct MessageFramingTests {
    @Test("messages are found wherever the stream is cut", arguments: 1...13)
    func cuts(size: Int) throws {
        let messages = [message([1, 2, 3, 4]), message([]), message([5])]
        let stream = messages.flatMap { $0 }
        var framing = MessageFraming()
        var found: [[UInt8]] = []
        for start in stride(from: 0, to: stream.count, by: size) {
            framing.append(ByteBuffer(bytes: stream[start..<min(start + size, stream.count)]))
            while let message = try framing.next() { found.append(message) }
        }
        #expect(found == messages)
        #expect(framing.held == 0)
    }

    @Test(
        "a stream that is not CXTP is an error",
        arguments: [
            ([0x20, 0, 0, 3], .length(3)), ([0x20, 0, 0, 0], .length(0)), ([0x00], .version(0)),
            ([0x40, 0, 0, 8], .version(2)), ([0xff, 0xff], .version(7)),
        ] as [([UInt8], FramingError)])
    func garbage(stream: [UInt8], error: FramingError) {
        var framing = MessageFraming()
        framing.append(ByteBuffer(bytes: stream))
        #expect(throws: error) { try framing.next() }
    }

    @Test("a message of 65,535 octets is one, and less than that is held of a part")
    func longest() throws {
        let whole = message([UInt8](repeating: 7, count: 65_531))
        var framing = MessageFraming()
        framing.append(ByteBuffer(bytes: whole.dropLast()))
        #expect(try framing.next() == nil)
        #expect(framing.held == 65_534)
        framing.append(ByteBuffer(bytes: [7]))
        #expect(try framing.next() == whole)
    }

    @Test("the waits grow from 50 ms to 2 s and no further")
    func backoff() {
        var backoff = Backoff()
        let waits = (0..<8).map { _ in backoff.next() }
        #expect(waits == [50, 100, 200, 400, 800, 1_600, 2_000, 2_000].map { .milliseconds($0) })
    }
}
