import Gateway
import ForwardingPath
import Foundation
import NIOCore
import Testing

@Suite("What is left of a message that may hold keys", .timeLimit(.minutes(1)))
struct KeyTraceTests {
    @Test("what was received is overwritten as it is read")
    func framing() throws {
        let received = ByteBuffer(bytes: message([1, 2, 3, 4]) + [0x20, 0, 0, 9, 5])
        var framing = MessageFraming()
        framing.append(received)
        #expect(try framing.next() == message([1, 2, 3, 4]))
        #expect(try framing.next() == nil)
        #expect(received.readableBytesView.allSatisfy { $0 == 0 })
        framing.wipe()
        #expect(framing.held == 0)
    }

    @Test("nothing is left in memory of messages that were carried, or dropped on the way")
    func links() async throws {
        try KeySecrecy.begin()
        let routers = try Routers()
        var limits = PeerLimits()
        limits.outgoing = 2
        let (one, other) = (try routers.links("A", limits: limits), try routers.links("B"))
        let traces = (0..<4).map { _ in Trace() }
        for trace in traces { one.send(trace.message(), to: "B") }
        #expect(traces.map(\.isFound) == [false, false, true, true])
        try await routers.running(one, other) {
            var messages = other.incoming.makeAsyncIterator()
            for trace in traces.suffix(2) {
                let isIt = await messages.next()?.message.read { trace.is($0) }
                #expect(isIt == true)
            }
        }
        // The libraries' own copies go with their connections, which close by and by.
        while traces.contains(where: \.isFound) { try await Task.sleep(for: .milliseconds(5)) }
    }
}

/// Random octets that stand for a key, kept in such a form that they are not found themselves.
private struct Trace {
    private static let mask: UInt8 = 0x5a
    /// Memory is full of zeroes, and a search stops at each octet that the sought ones begin with: the first
    /// is one that is rare anywhere.
    private let masked = [0xb7 ^ mask] + (1..<32).map { _ in UInt8.random(in: .min ... .max) }

    /// A message with the octets, in one allocation.
    func message() -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(4_096)
        message += [0x20, 0, 16, 0]
        while message.count < 4_096 { message.append(masked[message.count % 32] ^ Self.mask) }
        return message
    }

    /// Whether it is the message.
    func `is`(_ message: [UInt8]) -> Bool {
        message.count == 4_096 && message.indices.dropFirst(4).allSatisfy { message[$0] ^ Self.mask == masked[$0 % 32] }
    }

    /// Whether the octets are anywhere in the memory that this process may write.
    var isFound: Bool {
        let descriptor = open("/proc/self/mem", O_RDONLY)
        let sought = UnsafeMutableRawBufferPointer.allocate(byteCount: 32, alignment: 1)
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
        for index in 0..<32 { sought[index] = masked[index] ^ Self.mask }
        defer {
            close(descriptor)
            for buffer in [sought, chunk] {
                _ = buffer.initializeMemory(as: UInt8.self, repeating: 0)
                buffer.deallocate()
            }
        }
        return ranges().contains { isFound(sought, in: $0, descriptor, chunk) }
    }

    private func isFound(
        _ sought: UnsafeMutableRawBufferPointer, in range: Range<UInt>, _ descriptor: Int32,
        _ chunk: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let own = [sought, chunk].map {
            UInt(bitPattern: $0.baseAddress)..<UInt(bitPattern: $0.baseAddress) + UInt($0.count)
        }
        for start in stride(from: range.lowerBound, to: range.upperBound, by: chunk.count - 32) {
            let size = min(chunk.count, Int(range.upperBound - start))
            let count = pread(descriptor, chunk.baseAddress, size, off_t(start))
            guard let first = chunk.baseAddress, count >= 32 else { continue }
            var place = 0
            while place <= count - 32, let hit = memchr(first + place, Int32(sought[0]), count - 31 - place) {
                place = hit - first
                // Not what was written here for the search.
                let isOwn = own.contains { $0.contains(start + UInt(place)) }
                if !isOwn, memcmp(hit, sought.baseAddress ?? hit, 32) == 0 { return true }
                place += 1
            }
        }
        return false
    }

    /// The ranges of memory that may be written.
    private func ranges() -> [Range<UInt>] {
        // A read gives some lines at a time, and only an empty one is the end.
        let descriptor = open("/proc/self/maps", O_RDONLY)
        defer { close(descriptor) }
        var maps: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(descriptor, &chunk, chunk.count), count > 0 { maps += chunk[..<count] }
        return String(decoding: maps, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            return words[1].hasPrefix("rw") && ends.count == 2 ? ends[0]..<ends[1] : nil
        }
    }
}
