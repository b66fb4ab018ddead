package import ContextTransfer
package import ForwardingPath
package import GatewayAPI
package import IPsec

/// All that the console knows of one gateway. What was told last stays, also while it cannot be reached.
package struct GatewayMirror: Equatable, Sendable {
    /// Its address.
    package let label: GatewayLabel
    /// Who it is; `nil` until it has answered once.
    package private(set) var description: GatewayDescription?
    /// Whether it can be reached.
    package private(set) var reach = Reach.connecting
    /// Its SAs.
    package private(set) var associations = AssociationTable()
    /// Its SPD, first match first.
    package private(set) var policies: [Policy] = []
    /// Its paths, by plane.
    package private(set) var paths: [Plane: ReportedPath] = [:]
    /// Its moves, by what names them.
    package private(set) var moves: [MoveID: ReportedMove] = [:]
    /// The last events, oldest first.
    package private(set) var events: [ReportedEvent] = []
    /// Packets that no SA can count.
    package private(set) var stack = StackCounters()
    /// The drain under way, or the last one.
    package private(set) var drain: ReportedDrain?
    /// Its packets of all SAs for each second, a value about every second, oldest first.
    package private(set) var rates: [Double] = []
    /// Its clock less ours, in milliseconds; `nil` until it has told the time.
    package var skew: Int64? { clockSkew.milliseconds }
    private var clockSkew = ClockSkew()
    /// What its clock was behind ours by the last message, its way included, in milliseconds.
    private var lag: Int64 = 0
    /// How often things of each kind changed.
    package private(set) var revisions = Revisions()
    /// Counted up only, and beyond the largest number from 0 again: the meter then begins anew.
    private var packets: UInt64 = 0
    private var meter = RateMeter()
    /// When it told anything last, by its clock.
    private var heard = ClockTime(milliseconds: 0)

    /// Events, rates and moves that are over, which are kept.
    package static let keptEvents = 1000, keptRates = 240, keptMoves = 200

    /// One that was not reached yet.
    package init(_ label: GatewayLabel) { self.label = label }

    /// Its node's name, or its address until that is known.
    package var name: String { description?.node.text ?? label.text }

    /// Whether what is shown of it is of the past.
    package var isStale: Bool { reach != .connected }

    /// What its clock shows in the news that come when ours shows `now`.
    package func clock(at now: ClockTime) -> ClockTime { now.advanced(by: -lag) }

    /// What our clock showed when its showed `clock`.
    package func consoleTime(of clock: ClockTime) -> ClockTime { clock.advanced(by: -clockSkew.correction) }

    /// Packets of all its SAs for each second; `nil` while it is not known or cannot be.
    package func rate(at now: ClockTime) -> Double? { isStale ? nil : meter.rate(at: clock(at: now)) }

    /// Packets of one of its SAs for each second, when it told anything last.
    func lastRate(of association: MirroredAssociation) -> Double? {
        isStale ? nil : association.meter.rate(at: heard)
    }

    /// Packets of one of its SAs for each second.
    package func rate(of association: MirroredAssociation, at now: ClockTime) -> Double? {
        isStale ? nil : association.meter.rate(at: clock(at: now))
    }

    /// Takes in news that came at `now`.
    package mutating func apply(_ news: GatewayNews, at now: ClockTime) {
        switch news {
        case .connecting:
            if reach == .connected { reach = .connecting }
            revisions.gateways += 1
        case .described(let description):
            // What is shown of it is of the past until a snapshot comes.
            self.description = description
            revisions.bumpAll()
            notice(description.clock, at: now)
        case .updated(let update):
            if reach != .connected {
                reach = .connected
                revisions.bumpAll()
            }
            revisions.updates += 1
            heard = update.clock
            notice(update.clock, at: now)
            apply(update)
        case .unreachable(let reason):
            if case .unreachable(_, let since) = reach {
                reach = .unreachable(reason: reason, since: since)
            } else {
                reach = .unreachable(reason: reason, since: now)
                revisions.bumpAll()
            }
        }
    }

    /// Takes in a move that the gateway told in answer to a request, unless a watched one says more.
    package mutating func learn(_ move: ReportedMove) {
        guard moves[move.id] == nil else { return }
        moves[move.id] = move
        revisions.moves += 1
    }

    /// Takes in what the gateway sent.
    package mutating func apply(_ update: WatchUpdate) {
        switch update.content {
        case .snapshot(let snapshot): replace(with: snapshot, at: update.clock)
        case .changes(let changes): for change in changes { apply(change.kind, at: update.clock) }
        }
        guard let rate = meter.count(packets, at: update.clock) else { return }
        rates.append(rate)
        if rates.count > Self.keptRates { rates.removeFirst() }
    }

    private mutating func notice(_ clock: ClockTime, at now: ClockTime) {
        guard clock.milliseconds > 0 else { return }
        clockSkew.notice(clock, at: now)
        lag = Int64(clamping: now.milliseconds) - Int64(clamping: clock.milliseconds)
    }

    private mutating func replace(with snapshot: GatewaySnapshot, at clock: ClockTime) {
        associations = AssociationTable(snapshot.associations, previous: associations, at: clock)
        policies = snapshot.policies
        paths = Dictionary(snapshot.paths.map { ($0.path.plane, $0) }) { $1 }
        moves = Dictionary(snapshot.moves.map { ($0.id, $0) }) { $1 }
        events = snapshot.events.suffix(Self.keptEvents)
        stack = snapshot.stack
        drain = snapshot.drain
        revisions.bumpAll()
    }

    /// Keeps the newest of those that are over.
    private mutating func forgetOldMoves() {
        guard moves.count > Self.keptMoves else { return }
        let over = moves.values.filter { $0.state.outcome != nil }
        guard over.count > Self.keptMoves else { return }
        let end = { (move: ReportedMove) in move.phases.last.map { $0.end ?? $0.start } ?? ClockTime(milliseconds: 0) }
        for move in over.sorted(by: { (end($0), $0.id) > (end($1), $1.id) }).dropFirst(Self.keptMoves) {
            moves[move.id] = nil
        }
    }

    private mutating func apply(_ change: GatewayChange.Kind, at clock: ClockTime) {
        switch change {
        case .association(let association):
            associations.set(association, at: clock)
            revisions.associations += 1
        case .associationRemoved(let identifier):
            associations.remove(identifier)
            revisions.associations += 1
        case .traffic(let identifier, let traffic):
            packets &+= associations.take(traffic, of: identifier, at: clock) ?? 0
            revisions.traffic += 1
        case .policy(let policy, let before):
            policies.removeAll { $0.name == policy.name }
            let place = before.flatMap { name in policies.firstIndex { $0.name == name } }
            policies.insert(policy, at: place ?? policies.endIndex)
            revisions.policies += 1
        case .policyRemoved(let name):
            policies.removeAll { $0.name == name }
            revisions.policies += 1
        case .path(let path):
            paths[path.path.plane] = path
            revisions.paths += 1
        case .pathRemoved(let plane):
            paths[plane] = nil
            revisions.paths += 1
        case .move(let move):
            moves[move.id] = move
            if move.state.outcome != nil { forgetOldMoves() }
            revisions.moves += 1
        case .stack(let counters):
            stack = counters
        case .drain(let now):
            drain = now
            revisions.moves += 1
        case .event(let event):
            events.append(event)
            if events.count > Self.keptEvents { events.removeFirst() }
            revisions.events += 1
        }
    }
}
