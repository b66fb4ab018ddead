import ContextTransfer
import ForwardingPath
import IPsec
import UserspaceIPsec

/// One node of the simulated network.
final class SimulatedNode {
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
    /// How often it was restarted: what was asked for before is forgotten.
    var life = 0
    /// Whether the last crash took the stack's SAs.
    var stackWasLost = false
    var journal: [Key: Entry] = [:]
    /// The SAs that this gateway answers for, as its journal says.
    var owned: Set<SAPlace> = []
    var stack = SimulatedStack()
    var sources: [MoveID: SourceMove] = [:]
    var holders: [MoveID: HolderMove] = [:]
    var targets: [MoveID: TargetMove] = [:]
    var takers: [MoveID: TakerMove] = [:]
    var mobiles: [MoveID: MobileMove] = [:]
    var deadlines: [Key: Int] = [:]
    /// When parties knew of the pause.
    var pauses: [Key: Int] = [:]
    var groups: [MoveID: GroupMove] = [:]
    /// How members stood when their group was told last.
    var groupStandings: [MoveID: GroupMove.Standing] = [:]
    /// Whether groups that a restart found had been committed.
    var committed: [MoveID: Bool] = [:]
    var drain: DrainQueue<SimulatedMove>?
    /// Whether its journal says that a drain is under way.
    var isDrainNoted = false
    /// The moves whose contexts are held here.
    var holding: [SAPlace: MoveID] = [:]
    /// Moves for which SAs here are out of service, or about to be.
    var leaving: [MoveID: Set<SAPlace>] = [:]
    /// SAs here that are being negotiated anew, and how often that was asked for.
    var renewing: [SAPlace: Int] = [:]
    /// New SAs here that are not used at both ends yet.
    var unsettled: Set<SAPlace> = []
    /// New SAs whose packets are passed on to a taker that negotiated them.
    var forwards: Set<SAPlace> = []
    var renewals: [MoveID: RenewalMove] = [:]
    var takings: [MoveID: RenewalTaking] = [:]
    var exchanges: [SimulatedExchange] = []
    /// What is said of negotiations that are over.
    var words: [KeyExchangeID: KeyExchangeMessage.Content] = [:]

    init(_ name: NodeName) { self.name = name }

    /// Everything that a crash takes; the stack's SAs only where it does not outlive the daemon.
    func crash(losingStack: Bool) {
        isAlive = false
        life += 1
        (sources, holders, targets, takers, mobiles, deadlines, pauses) = ([:], [:], [:], [:], [:], [:], [:])
        (groups, groupStandings, committed, drain) = ([:], [:], [:], nil)
        (holding, leaving, renewing, unsettled, forwards) = ([:], [:], [:], [], [])
        (renewals, takings, exchanges, words) = ([:], [:], [], [:])
        if losingStack { (stack, stackWasLost) = (SimulatedStack(), true) }
    }

    /// Whether it leads another move of the same user.
    func leads(_ move: SimulatedMove) -> Bool {
        sources.contains { id, machine in
            guard id != move.id, machine.offer.subject == move.offer.subject else { return false }
            if case .finished = machine.state { return false }
            return true
        }
    }

    func isLeaving(_ places: some Sequence<SAPlace>) -> Bool {
        !leaving.isEmpty && places.contains { place in leaving.values.contains { $0.contains(place) } }
    }

    /// The newest SAs of a mobile node that a plan names: both ends use them.
    func settledPair(of lane: Int) -> [SimulatedSA] { stack.pair(of: lane, without: unsettled) }

    /// Whether a negotiation is about these SAs.
    func isNegotiated(_ places: [SAPlace]) -> Bool {
        places.contains { renewing[$0] != nil || unsettled.contains($0) }
    }

    /// SAs here are about to be negotiated anew; `false`, and nothing changes, where a move takes them away.
    func beginRenewal(_ places: [SAPlace]) -> Bool {
        guard !isLeaving(places) else { return false }
        for place in places { renewing[place, default: 0] += 1 }
        return true
    }

    /// A negotiation came to nothing.
    func endRenewal(_ places: [SAPlace]) {
        for place in places {
            guard let count = renewing[place] else { continue }
            renewing[place] = count > 1 ? count - 1 : nil
        }
    }

    /// Whether a copy of keys is in a machine here, or in what it holds.
    var machinesHoldKeys: Bool {
        !holding.isEmpty
            || sources.values.contains { machine in
                switch machine.state {
                case .preparing: true
                case .waiting(_, let contexts): contexts != nil
                case .planned, .querying, .approving, .collecting, .committed, .quiescing, .transferring,
                    .redirecting, .releasing, .cancelling, .settling, .stranded, .returning, .condemning,
                    .abandoning, .destroying, .finished:
                    false
                }
            }
            || takers.values.contains { machine in
                switch machine.state {
                case .checking, .holding, .prepared: true
                case .idle, .installing, .updating, .installed, .cancelled, .destroying, .lost, .forgotten: false
                }
            }
    }
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
