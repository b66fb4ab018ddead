import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import Terminal
import Testing

@Suite("Mirror of a gateway")
struct MirrorTests {
    private func mirror() throws -> GatewayMirror {
        var mirror = GatewayMirror(Figure10.label("SG1"))
        mirror.apply(.described(Figure10.description("SG1")), at: Figure10.start)
        let snapshot = try Figure10.snapshot("SG1")
        mirror.apply(.updated(WatchUpdate(clock: Figure10.start, .snapshot(snapshot))), at: Figure10.start)
        return mirror
    }

    private func change(_ mirror: inout GatewayMirror, after milliseconds: UInt64, _ kind: GatewayChange.Kind) {
        let clock = Figure10.clock(milliseconds)
        mirror.apply(.updated(WatchUpdate(clock: clock, .changes([GatewayChange(revision: 2, kind)]))), at: clock)
    }

    @Test("the rate of an SA is counted by the gateway's clock, and falls to nothing when no packet is told of")
    func rate() throws {
        var mirror = try mirror()
        let identifier = try Figure10.association("up", at: "SG1").identifier
        for step in 1...8 as ClosedRange<UInt64> {
            change(&mirror, after: step * 250, .traffic(identifier, Figure10.traffic(12_000 + step * 250, sent: false)))
        }
        let association = try #require(mirror.associations[identifier])
        #expect(mirror.rate(of: association, at: Figure10.clock(2000)) == 1000)
        #expect(mirror.rate(at: Figure10.clock(2000)) == 1000)
        #expect(mirror.rate(of: association, at: Figure10.clock(6000)) == 0)
    }

    @Test("counters that begin again give no rate, and no negative one")
    func restart() throws {
        var mirror = try mirror()
        let identifier = try Figure10.association("up", at: "SG1").identifier
        change(&mirror, after: 1000, .traffic(identifier, Figure10.traffic(13_000, sent: false)))
        change(&mirror, after: 2000, .traffic(identifier, Figure10.traffic(5, sent: false)))
        let association = try #require(mirror.associations[identifier])
        #expect(mirror.rate(of: association, at: Figure10.clock(2000)) == nil)
    }

    @Test("changes of every kind are taken in")
    func changes() throws {
        var mirror = try mirror()
        let up = try Figure10.association("up", at: "SG1")
        change(&mirror, after: 1, .associationRemoved(up.identifier))
        #expect(mirror.associations.count == 1)
        change(&mirror, after: 2, .association(up))
        #expect(mirror.associations.identifiers.last == up.identifier)
        var first = mirror.policies[0]
        first.name = "new"
        change(&mirror, after: 3, .policy(first, before: "rest"))
        #expect(mirror.policies.map(\.name) == ["down", "up", "ike", "new", "rest"])
        change(&mirror, after: 4, .policyRemoved("ike"))
        #expect(mirror.policies.map(\.name) == ["down", "up", "new", "rest"])
        change(&mirror, after: 5, .pathRemoved(.data))
        #expect(mirror.paths.isEmpty)
        change(&mirror, after: 6, .path(ReportedPath(Figure10.path)))
        #expect(mirror.paths[.data]?.gateway == "G")
        change(&mirror, after: 7, .move(Figure10.waiting))
        #expect(mirror.openMoves == 1)
        change(&mirror, after: 8, .event(Figure10.events[0]))
        #expect(mirror.event(1) == Figure10.events[0])
        #expect(mirror.event(2) == nil)
    }

    @Test("the newest 200 moves that are over are kept, and all that are not")
    func oldMoves() throws {
        var mirror = try mirror()
        change(&mirror, after: 1, .move(Figure10.waiting))
        for number in 1...300 as ClosedRange<UInt64> {
            let phases = [Figure10.phase(.plan, number * 10, number * 10 + 4)]
            let id = MoveID(UInt128(number))
            change(&mirror, after: 2, .move(Figure10.move(.finished(.completed), phases, abortable: false, id: id)))
        }
        #expect(mirror.moves.count == 201 && mirror.moves[Figure10.moveID] != nil)
        #expect(mirror.moves[MoveID(100)] == nil && mirror.moves[MoveID(101)] != nil)
    }

    @Test("an update after a snapshot is lost with the old one when a new snapshot comes")
    func snapshot() throws {
        var mirror = try mirror()
        let empty = GatewaySnapshot(revision: 9)
        mirror.apply(.updated(WatchUpdate(clock: Figure10.start, .snapshot(empty))), at: Figure10.start)
        #expect(mirror.associations.count == 0 && mirror.policies.isEmpty && mirror.paths.isEmpty)
    }

    @Test("the skew of its clock is known, and times are shown by ours")
    func skew() {
        var mirror = GatewayMirror(Figure10.label("SG1"))
        mirror.apply(.described(Figure10.description("SG1")), at: Figure10.clock(5000))
        #expect(mirror.skew == -5000)
        #expect(mirror.consoleTime(of: Figure10.start) == Figure10.clock(5000))
    }

    @Test("what a message took on its way is not taken for skew, and a clock that is set back is noticed")
    func skewUnderLoad() {
        var mirror = GatewayMirror(Figure10.label("SG1"))
        let empty = GatewaySnapshot(revision: 1)
        for late: UInt64 in [20, 9_000, 4_000] {
            let update = WatchUpdate(clock: Figure10.clock(10_000), .snapshot(empty))
            mirror.apply(.updated(update), at: Figure10.clock(10_000 + late))
        }
        #expect(mirror.skew == -20)
        #expect(mirror.consoleTime(of: Figure10.clock(10_000)) == Figure10.clock(10_000))
        // Our clock's minutes go by, and the gateway's is an hour behind from now on.
        for minute: UInt64 in 60...63 {
            let update = WatchUpdate(clock: Figure10.clock(minute * 60_000 - 3_600_000), .snapshot(empty))
            mirror.apply(.updated(update), at: Figure10.clock(minute * 60_000))
        }
        #expect(mirror.skew == -3_600_000)
    }

    @Test("SAs stay in the order of their names whatever comes and goes")
    func order() throws {
        var mirror = try mirror()
        var other = try Figure10.association("up", at: "SG1")
        other.name = "alpha"
        change(&mirror, after: 1, .association(other))
        let names = mirror.associations.identifiers.compactMap { mirror.associations[$0]?.reported.name }
        #expect(names == ["alpha", "down"])
    }
}
