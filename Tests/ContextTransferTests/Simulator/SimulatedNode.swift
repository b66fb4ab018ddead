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
        /// What the taker tells the mobile node.
        var updates: [GatewayUpdate] = []
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
    var mobiles: [MoveID: MobileMove] = [:]
    var deadlines: [Key: Int] = [:]
    var groups: [MoveID: GroupMove] = [:]
    /// How members stood when their group was told last.
    var groupStandings: [MoveID: GroupMove.Standing] = [:]
    /// Whether groups that a restart found had been committed.
    var committed: [MoveID: Bool] = [:]

    init(name: NodeName) { self.name = name }

    /// Everything that a crash takes; the stack's SAs only where it does not outlive the daemon.
    mutating func crash(losingStack: Bool) {
        isAlive = false
        (sources, holders, targets, takers, mobiles, deadlines) = ([:], [:], [:], [:], [:], [:])
        (groups, groupStandings, committed) = ([:], [:], [:])
        if losingStack { stack = SimulatedStack() }
    }

    /// Whether a copy of keys is in a machine here.
    var machinesHoldKeys: Bool {
        sources.values.contains { machine in
            switch machine.state {
            case .preparing: true
            case .waiting(_, let contexts): contexts != nil
            case .planned, .querying, .approving, .collecting, .committed, .quiescing, .transferring, .redirecting,
                .releasing, .cancelling, .settling, .stranded, .returning, .condemning, .abandoning, .destroying,
                .finished:
                false
            }
        }
            || takers.values.contains { machine in
                switch machine.state {
                case .checking, .prepared: true
                case .idle, .installing, .updating, .installed, .cancelled, .destroying, .lost, .forgotten: false
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
    /// What moves: an index of the lanes.
    var laneIndex = 0
    /// The group that it is a part of; `nil` where it is alone.
    var group: MoveID?

    var lane: SimulatedAssociations.Lane { SimulatedAssociations.lanes[laneIndex] }
}

extension SourceMove {
    /// Whether an operator must press a key.
    var waitsForKey: Bool {
        switch state {
        case .waiting, .redirecting(_, waiting: true): true
        case .planned, .querying, .approving, .collecting, .preparing, .committed, .quiescing, .transferring,
            .redirecting(_, waiting: false), .releasing, .cancelling, .settling, .stranded, .returning, .condemning,
            .abandoning, .destroying, .finished:
            false
        }
    }
}
