import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import SwiftProtobuf
import Testing

@Suite("Large updates go in parts")
struct PartTests {
    private let clock = ClockTime(milliseconds: 7)

    /// So many SAs of different SPIs.
    private func associations(_ count: UInt32) throws -> [ReportedAssociation] {
        let one = try Sample.association()
        return try (0..<count).map { number in
            var association = one
            association.identifier = try Sample.identifier(0x1000 + number)
            return association
        }
    }

    /// Sends an update as octets and reads it again; gives what arrived, and the octets of each message.
    private func sent(_ update: WatchUpdate) throws -> (WatchUpdate?, sizes: [Int]) {
        var assembler = WatchAssembler()
        var arrived: WatchUpdate?
        var sizes: [Int] = []
        for reply in APIWatchReply.replies(update) {
            #expect(arrived == nil, "nothing follows the last part")
            let octets: [UInt8] = try reply.serializedBytes()
            sizes.append(octets.count)
            arrived = try assembler.take(try APIWatchReply(serializedBytes: octets))
        }
        return (arrived, sizes)
    }

    @Test("a snapshot of 20,000 SAs arrives whole, in messages far below 4 MB")
    func snapshot() throws {
        var snapshot = try Sample.snapshot()
        snapshot.associations = try associations(20_000)
        let update = WatchUpdate(clock: clock, .snapshot(snapshot))
        let (arrived, sizes) = try sent(update)
        #expect(arrived == update)
        #expect(sizes.count == 21)
        #expect((sizes.max() ?? 0) < 1 << 20)
    }

    @Test("a batch of 2,500 changes arrives whole, in three messages")
    func changes() throws {
        let changes = try associations(2_500).enumerated().map { GatewayChange(revision: UInt64($0), .association($1)) }
        let update = WatchUpdate(clock: clock, .changes(changes))
        let (arrived, sizes) = try sent(update)
        #expect(arrived == update)
        #expect(sizes.count == 3)
    }

    @Test("an empty update is one message")
    func empty() throws {
        for content in [WatchUpdate.Content.snapshot(GatewaySnapshot(revision: 3)), .changes([])] {
            let update = WatchUpdate(clock: clock, content)
            let (arrived, sizes) = try sent(update)
            #expect(arrived == update)
            #expect(sizes.count == 1)
        }
    }

    @Test("no part is heavier than the limit, unless one thing alone is", arguments: 1...40)
    func limits(limit: Int) throws {
        var snapshot = try Sample.snapshot()
        snapshot.associations = try associations(30)
        snapshot.moves[1].names = (0..<400).map { "sa-\($0)" }
        let update = WatchUpdate(clock: clock, .snapshot(snapshot))
        let parts = update.parts(limit: limit)
        for part in parts where part.weight > limit {
            guard case .snapshot(let part) = part.content else { continue }
            let things = part.associations.count + part.policies.count + part.paths.count + part.moves.count
            #expect(things + part.events.count == 1)
        }
        #expect(parts.reduce(0) { $0 + $1.weight } == update.weight)
    }

    @Test("a part of another kind is refused")
    func mixed() throws {
        var first = APIWatchReply(WatchUpdate(clock: clock, .snapshot(try Sample.snapshot())))
        first.more = true
        let (part, other) = (first, APIWatchReply(WatchUpdate(clock: clock, .changes([]))))
        #expect(throws: MessageError.invalid(field: "content", value: "a part of another kind")) {
            var assembler = WatchAssembler()
            #expect(try assembler.take(part) == nil)
            _ = try assembler.take(other)
        }
    }

    @Test("a snapshot that never ends is refused")
    func endless() throws {
        var part = GatewaySnapshot(revision: 1)
        part.moves = [Sample.move(.running)]
        part.moves[0].names = Array(repeating: "sa", count: 1_000_000)
        var reply = APIWatchReply(WatchUpdate(clock: clock, .snapshot(part)))
        reply.more = true
        let endless = reply
        #expect(throws: MessageError.self) {
            var assembler = WatchAssembler()
            for _ in 0..<10 { _ = try assembler.take(endless) }
        }
    }
}
