import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import Terminal
import Testing

@Suite("Gateways that tell extreme numbers")
struct ExtremeTests {
    private static let numbers: [UInt64] = [
        0, 1, 1 << 31, 1 << 32, 1 << 53, (1 << 63) - 1, 1 << 63, (1 << 63) + 1, .max - 1, .max,
    ]

    @Test("whatever numbers come, every view is drawn", arguments: UInt64(0)..<8)
    func drawn(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var bench = try Bench(columns: 150, rows: 42)
        let clock = { ClockTime(milliseconds: Self.numbers.randomElement(using: &random) ?? 0) }
        for _ in 0..<3 {
            for node in ["PR", "SG1", "SG2", "MN"] as [NodeName] {
                var description = Figure10.description(node)
                (description.clock, description.started) = (clock(), clock())
                if Bool.random(using: &random) { bench.tell(node, .described(description)) }
                var kinds: [GatewayChange.Kind] = []
                for name in ["up", "down"] {
                    let association = try Self.association(name, at: node, &random)
                    kinds += [.association(association), .traffic(association.identifier, association.traffic)]
                }
                kinds += [.move(Self.move(&random)), .event(Self.event(&random))]
                let changes = kinds.map { GatewayChange(revision: 2, $0) }
                bench.tell(node, .updated(WatchUpdate(clock: clock(), .changes(changes))))
            }
            bench.wait(milliseconds: 1100)
            for view in "0123456" {
                bench.press(view)
                _ = try bench.canvas()
                bench.press(.end, .enter)
                _ = try bench.canvas()
                bench.press(.escape, .character("s"))
            }
        }
    }

    private static func association(
        _ name: String, at node: NodeName, _ random: inout SplitMix
    ) throws -> ReportedAssociation {
        var association = try Figure10.association(name, at: node)
        var number: UInt64 { numbers.randomElement(using: &random) ?? 0 }
        association.traffic.counters.packets = number
        association.traffic.counters.bytes = number
        association.traffic.counters.replays = number
        association.traffic.counters.integrityFailures = number
        association.traffic.lastSent = SequenceNumber(number)
        association.traffic.windowHighest = SequenceNumber(number)
        association.traffic.use = LifetimeUse(
            age: .microseconds(Int64(clamping: number)), bytes: number, packets: number)
        association.softLifetime = Lifetime(seconds: number, bytes: number, packets: number)
        association.hardLifetime = Lifetime(seconds: number, bytes: number, packets: number)
        return association
    }

    private static func move(_ random: inout SplitMix) -> ReportedMove {
        var clock: ClockTime { ClockTime(milliseconds: numbers.randomElement(using: &random) ?? 0) }
        let phases = MovePhase.allCases.filter { _ in Bool.random(using: &random) }.map { phase in
            PhaseProgress(
                phase: phase, start: clock, end: Bool.random(using: &random) ? clock : nil, done: Int(UInt32.max),
                total: Int(UInt32.max))
        }
        var move = Figure10.completed
        move.phases = phases
        if Bool.random(using: &random) { move.state = .running }
        move.pause = .microseconds(Int64(clamping: numbers.randomElement(using: &random) ?? 0))
        move.bytes = numbers.randomElement(using: &random) ?? 0
        move.id = Bool.random(using: &random) ? Figure10.moveID : MoveID(7)
        return move
    }

    private static func event(_ random: inout SplitMix) -> ReportedEvent {
        ReportedEvent(
            number: numbers.randomElement(using: &random) ?? 0,
            clock: ClockTime(milliseconds: numbers.randomElement(using: &random) ?? 0), kind: .log, action: "a",
            text: "t")
    }
}

/// Random numbers that are the same every time (splitmix64).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
