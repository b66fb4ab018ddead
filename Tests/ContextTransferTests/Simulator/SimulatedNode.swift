import ContextTransfer
import ForwardingPath
import IPsec

/// One gateway of the simulated network.
struct SimulatedNode {
    /// What names a machine and its record.
    struct Key: Hashable {
        let id: MoveID
        let role: MoveRole
    }

    /// What survives a crash: no key is in it.
    struct Entry {
        var record: MoveRecord
        let move: SimulatedMove
    }

    let name: NodeName
    var isAlive = true
    /// Whether the last crash took the stack's SAs.
    var stackWasLost = false
    var journal: [Key: Entry] = [:]
    /// The SAs that this gateway answers for, as its journal says.
    var owned: Set<SAIdentifier> = []
    var stack = SimulatedStack()
    var sources: [MoveID: SourceMove] = [:]
    var holders: [MoveID: HolderMove] = [:]
    var targets: [MoveID: TargetMove] = [:]
    var takers: [MoveID: TakerMove] = [:]
    var deadlines: [Key: Int] = [:]

    init(name: NodeName) { self.name = name }

    /// Everything that a crash takes; the stack's SAs only where it does not outlive the daemon.
    mutating func crash(losingStack: Bool) {
        isAlive = false
        (sources, holders, targets, takers, deadlines) = ([:], [:], [:], [:], [:])
        if losingStack { stack = SimulatedStack() }
    }

    /// Whether a copy of keys is in a machine here.
    var machinesHoldKeys: Bool {
        sources.values.contains { machine in
            switch machine.state {
            case .preparing: true
            case .stepping(_, let contexts): contexts != nil
            case .planned, .querying, .approving, .collecting, .quiescing, .transferring, .redirecting, .releasing,
                .cancelling, .settling, .returning, .destroying, .finished:
                false
            }
        }
            || takers.values.contains { machine in
                switch machine.state {
                case .checking, .prepared: true
                case .idle, .installing, .installed, .cancelled, .destroying, .lost: false
                }
            }
    }
}

/// What does not change about one move.
struct SimulatedMove {
    let id: MoveID
    let route: MoveRoute
    let offer: MoveOffer
    let approval: ApprovalPolicy
}

extension SourceMove {
    /// Whether an operator must press a key.
    var waitsForKey: Bool {
        switch state {
        case .stepping, .redirecting(_, waiting: true): true
        case .planned, .querying, .approving, .collecting, .preparing, .quiescing, .transferring,
            .redirecting(_, waiting: false), .releasing, .cancelling, .settling, .returning, .destroying, .finished:
            false
        }
    }
}
