import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("What changed between two snapshots")
struct SnapshotDifferenceTests {
    private func changes(_ change: (inout GatewaySnapshot) -> Void, traffic: Bool = true) -> [GatewayChange.Kind] {
        var random = RandomSnapshots(seed: 5)
        var old = random.snapshot()
        while old.associations.isEmpty || old.policies.isEmpty || old.paths.isEmpty || old.moves.isEmpty {
            old = random.snapshot()
        }
        var new = old
        change(&new)
        return SnapshotDifference.changes(from: old, to: new, traffic: traffic)
    }

    @Test("nothing changed, nothing is told")
    func nothing() { #expect(changes { _ in }.isEmpty) }

    @Test("the counters of SAs are told where they are asked for", arguments: [true, false])
    func traffic(isWanted: Bool) {
        let changes = changes({ $0.associations[0].traffic.counters.bytes = 77 }, traffic: isWanted)
        guard isWanted else { return #expect(changes.isEmpty) }
        guard case .traffic(_, let traffic)? = changes.first else { return #expect(Bool(false), "\(changes)") }
        #expect(changes.count == 1 && traffic.counters.bytes == 77)
    }

    @Test("that SAs got older is not told")
    func ages() {
        let changes = changes { snapshot in
            for index in snapshot.associations.indices {
                snapshot.associations[index].traffic.use.age += .milliseconds(200)
                snapshot.associations[index].traffic.pathMTU?.age += .milliseconds(200)
            }
        }
        #expect(changes.isEmpty)
    }

    @Test("each kind of change is one")
    func kinds() {
        let found: [[GatewayChange.Kind]] = [
            changes { $0.associations[0].phase = .dying }, changes { $0.associations.removeFirst() },
            changes { $0.policies[0].action = .protect }, changes { $0.policies.removeFirst() },
            changes { $0.paths[0].reason = "x" }, changes { $0.paths.removeFirst() },
            changes { $0.moves[0].bytes = 1 }, changes { $0.stack.noPolicy = 1 },
            changes {
                $0.events.append(
                    ReportedEvent(
                        number: 1_000, clock: ClockTime(milliseconds: 1), kind: .log, action: "a", text: "t"))
            },
        ]
        #expect(
            found.map { $0.map(\.word) } == [
                ["association"], ["associationRemoved"], ["policy"], ["policyRemoved"], ["path"], ["pathRemoved"],
                ["move"], ["stack"], ["event"],
            ])
    }

    @Test("carried out on the old snapshot, the changes give the new one", arguments: UInt64(0)..<300)
    func property(seed: UInt64) {
        var random = RandomSnapshots(seed: seed)
        let (old, new) = (random.snapshot(), random.snapshot())
        var carried = old
        for change in SnapshotDifference.changes(from: old, to: new, traffic: true) { carried.carry(out: change) }
        #expect(Set(carried.associations) == Set(new.associations))
        #expect(carried.policies == new.policies)
        #expect(Set(carried.paths) == Set(new.paths))
        // Moves are never told to be gone: who watches forgets them as it likes.
        #expect(Set(carried.moves).isSuperset(of: new.moves))
        #expect(carried.moves.count == Set(old.moves.map(\.id) + new.moves.map(\.id)).count)
        #expect(carried.stack == new.stack)
        #expect(carried.events == new.events)
    }
}

extension GatewaySnapshot {
    fileprivate mutating func carry(out change: GatewayChange.Kind) {
        switch change {
        case .association(let association):
            associations.removeAll { $0.identifier == association.identifier }
            associations.append(association)
        case .associationRemoved(let identifier): associations.removeAll { $0.identifier == identifier }
        case .traffic(let identifier, let traffic):
            for index in associations.indices where associations[index].identifier == identifier {
                associations[index].traffic = traffic
            }
        case .policy(let policy, let next):
            policies.removeAll { $0.name == policy.name }
            policies.insert(policy, at: policies.firstIndex { $0.name == next } ?? policies.endIndex)
        case .policyRemoved(let name): policies.removeAll { $0.name == name }
        case .path(let path):
            paths.removeAll { $0.path.plane == path.path.plane }
            paths.append(path)
        case .pathRemoved(let plane): paths.removeAll { $0.path.plane == plane }
        case .move(let move):
            moves.removeAll { $0.id == move.id }
            moves.append(move)
        case .stack(let counters): stack = counters
        case .drain(let now): drain = now
        case .event(let event): events.append(event)
        }
    }
}

extension GatewayChange.Kind {
    fileprivate var word: String {
        switch self {
        case .association: "association"
        case .associationRemoved: "associationRemoved"
        case .traffic: "traffic"
        case .policy: "policy"
        case .policyRemoved: "policyRemoved"
        case .path: "path"
        case .pathRemoved: "pathRemoved"
        case .move: "move"
        case .stack: "stack"
        case .drain: "drain"
        case .event: "event"
        }
    }
}
