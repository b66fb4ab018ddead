package import ContextTransfer
import ForwardingPath
package import GatewayAPI
import IPsec

/// The moves that this node has, or lately had, a part in, as the API tells them.
package struct MoveLedger {
    /// How many moves that ended are kept; the journal has the others.
    package static let finishedLimit = 200

    private var entries: [MoveID: Entry] = [:]
    /// Octets of moves that no party here has told of yet.
    private var early: [MoveID: UInt64] = [:]
    /// Of all entries, and of some that were forgotten.
    private var order: [MoveID] = []
    /// Moves that ended, in that order.
    private var finished: [MoveID] = []

    /// How many such moves are kept: a router may speak of moves that never come to be.
    private static let earlyLimit = 1_000

    /// Without moves.
    package init() {}

    fileprivate struct Entry {
        var report: ReportedMove
        /// Where the move stands for each of this node's parties.
        var standings: [MoveRole: MoveStanding] = [:]
        var quiesced: ContinuousClock.Instant?
    }

    /// The reports, the oldest first; without moves whose SAs are not known yet.
    package var reports: [ReportedMove] { order.compactMap { entries[$0]?.report }.filter { !$0.names.isEmpty } }

    package subscript(id: MoveID) -> ReportedMove? { entries[id]?.report }

    /// Takes in what a party tells; returns the report when it is now of a move that ended.
    package mutating func take(_ event: MoveEvent, clock: ClockTime) -> ReportedMove? {
        let id = event.move.id
        if case .stands(.forgotten) = event.kind, forget(event.key) { return nil }
        var entry = entries[id] ?? makeEntry(event.move)
        let wasOver = entry.report.state.outcome != nil
        entry.take(event, clock: clock)
        entries[id] = entry
        guard entry.report.state.outcome != nil, !wasOver else { return nil }
        finished.append(id)
        forgetOld()
        return entry.report.names.isEmpty ? nil : entry.report
    }

    /// Adds what was sent or received for a move.
    package mutating func count(octets: Int, for id: MoveID) {
        guard entries[id] == nil else {
            entries[id]?.report.bytes += UInt64(octets)
            return
        }
        if early.count >= Self.earlyLimit { early = [:] }
        early[id, default: 0] += UInt64(octets)
    }

    private mutating func makeEntry(_ move: MoveDescription) -> Entry {
        order.append(move.id)
        return Entry(
            report: ReportedMove(
                id: move.id, names: [], route: move.route, state: .running, requestedBy: "", isAbortable: false,
                bytes: early.removeValue(forKey: move.id) ?? 0))
    }

    /// A party forgot its move: that is no news of it. `true` where no other party here knows of it.
    private mutating func forget(_ key: MovePartyKey) -> Bool {
        let others = entries[key.id]?.standings.keys.filter { $0 != key.role } ?? []
        guard others.isEmpty else { return false }
        entries[key.id] = nil
        order.removeAll { $0 == key.id }
        return true
    }

    private mutating func forgetOld() {
        while finished.count > Self.finishedLimit {
            let oldest = finished.removeFirst()
            // One that went on after all is not forgotten until it ends again.
            if entries[oldest]?.report.state.outcome != nil { entries[oldest] = nil }
        }
        if order.count > 2 * entries.count { order.removeAll { entries[$0] == nil } }
    }
}

extension MoveLedger.Entry {
    fileprivate mutating func take(_ event: MoveEvent, clock: ClockTime) {
        switch event.kind {
        case .about(let names, let requestedBy, let group, let drain):
            if let drain { report.drain = drain }
            if let group { report.group = group }
            if !names.isEmpty { report.names = names }
            if !requestedBy.isEmpty { report.requestedBy = requestedBy }
            for index in report.phases.indices where report.phases[index].end == nil {
                report.phases[index].total = report.names.count
            }
        case .entered(let phase):
            endPhase(clock)
            report.phases.append(PhaseProgress(phase: phase, start: clock, total: report.names.count))
            if phase == .quiesce { quiesced = event.instant }
            if phase == .redirect { endPause(event.instant) }
        case .stands(.forgotten):
            standings[event.key.role] = nil
            settle(clock)
        case .stands(let standing):
            standings[event.key.role] = standing
            if case .stepping(let phase) = standing {
                // The wait belongs to no phase.
                endPhase(clock)
                if phase == .redirect { endPause(event.instant) }
            }
            settle(clock)
        case .failed(let words):
            standings[event.key.role] = .over(.failed(.failure(words)))
            settle(clock)
        case .installed: if report.phases.last?.phase == .install { endPhase(clock) }
        case .quiesced, .resumed, .released, .updated, .renegotiationNeeded, .missing: break
        }
        report.isAbortable = isAbortable
    }

    private mutating func endPause(_ instant: ContinuousClock.Instant) {
        guard report.pause == nil, let quiesced else { return }
        report.pause = instant - quiesced
    }

    private mutating func endPhase(_ clock: ClockTime) {
        guard let last = report.phases.indices.last, report.phases[last].end == nil else { return }
        report.phases[last].end = clock
        report.phases[last].done = report.phases[last].total
    }

    /// The standing of the party that knows most.
    private mutating func settle(_ clock: ClockTime) {
        let knowing: [MoveRole] = [.source, .holder, .taker, .target, .mobile]
        let known = knowing.compactMap { standings[$0] }
        // Where one node is new router and taker, the taker works while the other waits for an operator.
        let waits = standings[.source] == nil ? known.first(where: \.waitsForOperator) : nil
        guard let standing = waits ?? known.first else { return }
        let route = report.route
        (report.state, report.waitingReason) =
            switch standing {
            case .asking: (.queued, "waits for \(route.source) to lead it")
            case .working: (.running, "")
            case .awaitingApproval(let missing):
                (
                    .awaitingApproval(missing),
                    "waits for an operator at "
                        + missing.sorted { $0.rawValue < $1.rawValue }.compactMap { route[$0]?.text }.joined(
                            separator: " and ")
                )
            case .gathering: (.running, "waits for the other parts of its group")
            case .stepping(let phase): (.stepping(before: phase), "waits for a key before \(phase.name)")
            case .unanswered: (.running, "\(route.taker) does not answer: an abort gives it up")
            case .settling: (.settling, "finds out how it ended")
            case .forgotten: (report.state, report.waitingReason)
            case .over(let outcome): (.finished(outcome), "")
            }
        if case .over(let outcome) = standing {
            if outcome == .completed { endPhase(clock) } else { report.phases.closeLast(at: clock) }
        }
    }

    private var isAbortable: Bool {
        switch standings[.source] {
        case .gathering, .working, .awaitingApproval:
            // A part of a group is not called back once another part may have moved.
            (report.phases.last?.phase ?? .plan).rawValue
                < (report.group == nil ? MovePhase.redirect : .quiesce).rawValue
        case .stepping(let phase): phase.rawValue < MovePhase.redirect.rawValue
        case .unanswered: true
        case .asking, .settling, .forgotten, .over, nil: false
        }
    }
}

extension [PhaseProgress] {
    /// The last phase was left before it was done.
    fileprivate mutating func closeLast(at clock: ClockTime) {
        guard let last = indices.last, self[last].end == nil else { return }
        self[last].end = clock
    }
}
