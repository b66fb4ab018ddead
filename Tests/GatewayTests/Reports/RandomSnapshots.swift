import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

/// Snapshots of a gateway that have much in common, from a seed.
struct RandomSnapshots: RandomNumberGenerator {
    private var state: UInt64
    private var lastEvent: UInt64 = 0
    private var events: [ReportedEvent] = []

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    private mutating func some<Value>(of values: [Value]) -> [Value] {
        values.shuffled(using: &self).filter { _ in Bool.random(using: &self) }
    }

    mutating func snapshot() -> GatewaySnapshot {
        var stack = StackCounters()
        stack.unknownSPI = .random(in: 0...1, using: &self)
        for _ in 0..<Int.random(in: 0...2, using: &self) {
            lastEvent += 1
            events.append(
                ReportedEvent(number: lastEvent, clock: ClockTime(milliseconds: 1), kind: .log, action: "a", text: "t"))
        }
        return GatewaySnapshot(
            revision: 0, associations: associations(), policies: policies(), paths: paths(), moves: moves(),
            stack: stack, events: events)
    }

    private mutating func associations() -> [ReportedAssociation] {
        some(of: (UInt32(0x1001)...0x1008).compactMap { Figure.status("a", $0, .inbound) }).map { status in
            var status = status
            status.counters.packets = .random(in: 0...1, using: &self)
            status.phase = Bool.random(using: &self) ? .inForce : .quiesced
            return ReportedAssociation(status)
        }
    }

    private mutating func policies() -> [Policy] {
        some(of: Array(0..<6)).map { number in
            Policy(
                name: "p\(number)", direction: .inbound, selectors: [],
                action: Bool.random(using: &self) ? .bypass : .discard, origin: .static)
        }
    }

    private mutating func paths() -> [ReportedPath] {
        some(of: Plane.allCases).map { plane in
            ReportedPath(
                path: PathPair(plane: plane, previous: ["MN", "PR"]), gateway: Bool.random(using: &self) ? "PR" : nil,
                reason: "", beside: Bool.random(using: &self) ? ["MN-B"] : [])
        }
    }

    private mutating func moves() -> [ReportedMove] {
        some(of: Array(UInt128(0)..<6)).map { number in
            ReportedMove(
                id: MoveID(number), names: ["a"], route: LoneNode.route,
                state: Bool.random(using: &self) ? .running : .settling, requestedBy: "", isAbortable: false)
        }
    }
}
