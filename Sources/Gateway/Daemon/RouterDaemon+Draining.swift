package import ContextTransfer
package import ForwardingPath
package import GatewayAPI

extension RouterDaemon {
    package func drain(_ order: MoveOrder, by caller: Caller) async throws(OperationRefusal) -> ReportedDrain {
        if let drain, drain.isUnderWay { throw .notPossible("\(node) is being drained: \(drain.report.words)") }
        let decision = try await decide(order.selection)
        try check(order, decision)
        let begun = try await begin(decision, order, by: caller)
        let others = (order.selection.spread ?? []).map(\.text).joined(separator: ",")
        let conflict = order.selection.spiConflict.map { " --spi-conflict \($0.rawValue)" } ?? ""
        await report(
            .audit, by: caller.name, action: "drain",
            command: "ferry drain \(node)" + (others.isEmpty ? "" : " --to \(others)") + conflict,
            text: "asks to drain \(node): \(begun.associations) SAs in \(begun.moves) moves")
        for stuck in stuck(decision) {
            await report(
                .alarm, action: "drain", associations: [stuck.name],
                text: "\(stuck.name) stays at \(node): \(stuck.reason)")
        }
        await goOnDraining()
        if begun.moves == 0 {
            drain?.giveUp(at: .now)
            if let drain { await tellEnd(of: drain) }
        }
        return drain?.report ?? begun
    }

    package func stopDrain(of gateway: NodeName, by caller: Caller) async throws(OperationRefusal) -> ReportedDrain {
        guard gateway == node else { throw .notPossible("this gateway is \(node), not \(gateway)") }
        guard drain?.isUnderWay == true else { throw .notPossible("\(node) is not being drained") }
        let wasInterrupted = drain?.isInterrupted == true
        drain?.stop(by: caller.name, at: .now)
        cache = nil
        // What is told of the stop, and whether the end is to be told here, is decided before anybody else comes between.
        guard let stopped = drain else { throw .notPossible("\(node) is not being drained") }
        let (report, isOver) = (stopped.report, !stopped.isUnderWay)
        await self.report(
            .audit, by: caller.name, action: "stop", command: "ferry drain \(node) --stop",
            text: wasInterrupted
                ? "stops the drain of \(node), which had not gone on after a restart yet"
                : "stops the drain of \(node): \(report.leftOut) moves do not begin, and \(report.running) go on")
        if isOver { await tellEnd(of: stopped) } else { await forget(stopped.id) }
        return report
    }

    package func drained(_ query: DrainedQuery) async -> DrainedReport {
        guard let drain else { return DrainedReport(drain: nil, drained: [], hasMore: false) }
        return await Self.answer(query, drain.record.lines, drain.report)
    }

    /// Meanwhile the daemon goes on.
    @concurrent
    private nonisolated static func answer(
        _ query: DrainedQuery, _ lines: [ReportedDrained], _ drain: ReportedDrain
    ) async -> DrainedReport {
        DrainedReport(query, of: lines, drain: drain)
    }

    /// Whether a drain of this gateway is under way.
    package var isDraining: Bool { drain?.isUnderWay ?? false }

    /// Whether a move of it is, or has not been looked into since it ended.
    package func isDraining(with move: MoveID) -> Bool { drain?.queue[move] != nil }

    /// Takes in what a party of a move here tells, as far as the drain goes on with it.
    func drained(_ event: MoveEvent) async {
        guard let unit = drain?.queue[event.move.id], event.key.role == unit.role else { return }
        switch event.kind {
        case .stands(.over(let outcome)) where outcome.retry != nil:
            drainWorkWanted.yield(.retry(event.move.id, outcome))
        case .stands(.over(let outcome)): await ended(event.move.id, outcome, at: ClockTime(event.instant))
        // It cannot go on without its journal, and a drain does not wait for that.
        case .failed(let words): await ended(event.move.id, .failed(.failure(words)), at: ClockTime(event.instant))
        default: return
        }
    }

    /// Goes on with the drain that a restart interrupted, then does what drains have to look into, beside each other.
    func workForDrain() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.resumeDrain() }
            for await work in drainWork { group.addTask { await self.carryOut(work) } }
            group.cancelAll()
        }
    }

    // MARK: Beginning

    /// Makes the queue of what leaves, and writes that it is under way.
    private func begin(
        _ decision: Decision, _ order: MoveOrder, by caller: Caller
    ) async throws(OperationRefusal) -> ReportedDrain {
        let (units, stuck) = (try units(decision), stuck(decision))
        // What its IKE daemon still has of SAs that left before goes too.
        let isEmpty = stuck.isEmpty && decision.planned.isEmpty
        let isLeft = isEmpty ? await successions.hasGivenAway : false
        guard !units.isEmpty || isLeft else {
            let more = stuck.count > 1 ? " (and \(stuck.count - 1) more)" : ""
            throw .notPossible(
                stuck.first.map { "no SA of \(node) can move by itself: \($0.name): \($0.reason)\(more)" }
                    ?? "there is no SA at \(node) that could move")
        }
        // Somebody else may have come first while the stack was read.
        if let drain, drain.isUnderWay { throw .notPossible("\(node) is being drained: \(drain.report.words)") }
        let note = DrainNote(
            id: .random(), order: order, requestedBy: caller.name, start: .now,
            paths: DrainNote.words(for: decision.planner.network.paths))
        let begun = Drain(note, units, stuck: stuck, report(note, units, stuck, decision))
        drain = begun
        await keep(note)
        return begun.report
    }

    /// How a drain stands before anything of it has begun.
    func report(
        _ note: DrainNote, _ units: [DrainUnit], _ stuck: [StuckAssociation], _ decision: Decision
    ) -> ReportedDrain {
        let associations = units.reduce(0) { $0 + $1.names.count }
        var report = ReportedDrain(
            gateway: node, requestedBy: note.requestedBy, start: note.start, moves: units.count,
            associations: associations, staying: decision.planned.count - associations - stuck.count)
        report.stuckAssociations = stuck.count
        return report
    }

    /// What would have to leave, and cannot, in the order of the stack's SAs.
    func stuck(_ decision: Decision) -> [StuckAssociation] {
        zip(decision.planned, decision.known).compactMap { planned, known in
            whyStuck(planned).map {
                StuckAssociation(name: planned.name, user: known.summary.user, reason: $0)
            }
        }
    }

    /// What leaves, in the order of the stack's SAs. What moves at its other end too is its previous router's to move.
    func units(_ decision: Decision) throws(OperationRefusal) -> [DrainUnit] {
        let own = zip(decision.planned, decision.known).filter { $0.0.relocations.map(\.from) == [node] }
        var units = try decision.planner.batches(own.map(\.0), own.map(\.1)).map {
            DrainUnit(way: .move($0), user: $0.user, names: $0.offers.map(\.label))
        }
        // One negotiation is with one node.
        struct Party: Hashable {
            let user: String
            let peer: NodeName?
            let taker: NodeName
        }
        var parties: [Party] = []
        var renewals: [Party: [String]] = [:]
        for (plan, known) in own where plan.action == .renegotiate {
            guard let taker = plan.relocations.first?.to else { continue }
            let party = Party(user: known.summary.user, peer: decision.planner.peer(of: known), taker: taker)
            if renewals[party] == nil { parties.append(party) }
            renewals[party, default: []].append(plan.name)
        }
        for party in parties {
            units.append(
                DrainUnit(way: .renewal(at: party.taker), user: party.user, names: renewals[party] ?? []))
        }
        return units
    }

    /// Begins as many moves as may be under way.
    func goOnDraining() async {
        guard let id = drain?.id, let order = drain?.order, let begun = drain?.begin() else { return }
        let requestedBy = drain?.report.requestedBy ?? ""
        for (move, unit) in begun {
            guard case .move(let batch) = unit.way else {
                drainWorkWanted.yield(.renew(move))
                continue
            }
            var offer = MoveOffer(
                subject: batch.subject, associations: batch.offers, needsApproval: false, requestedBy: requestedBy)
            (offer.drain, offer.spiConflict) = (id, order.selection.spiConflict)
            if batch.route.mobile != nil { offer.identity = network.gatewayIdentity }
            await moves.request(
                MoveDescription(id: move, subject: batch.subject, route: batch.route),
                MoveRequest(offer: offer, approval: order.approval, stepping: settings.stepping))
        }
    }

    /// Why a drain leaves an SA that the paths would have leave; `nil` for what moves, or has no reason to.
    private func whyStuck(_ planned: PlannedAssociation) -> String? {
        switch planned.action {
        case .none, .pending: nil
        case .conflict: Self.why(planned)
        case .move where planned.relocations.map(\.from) != [node],
            .renegotiate where planned.relocations.map(\.from) != [node]:
            "its other end moves too: have \(network.path(on: planned.plane)?.previousRouter?.text ?? "the previous router") "
                + "move it (ferry move \(planned.name) --via)"
        case .move, .renegotiate: nil
        }
    }

    // MARK: Ends

    func ended(_ move: MoveID, _ outcome: MoveOutcome, at clock: ClockTime) async {
        guard drain?.ended(move, outcome, at: clock) == true else { return }
        cache = nil
        await goOnDraining()
        guard let drain, !drain.isUnderWay else { return }
        await tellEnd(of: drain)
    }

    func tellEnd(of drain: Drain) async {
        await forget(drain.id)
        let report = drain.report
        await self.report(
            report.unsuccessful.isEmpty && report.stuckAssociations == 0 ? .log : .alarm, by: report.requestedBy,
            action: "drain",
            text: "the drain is over: \(report.words)")
        if report.isClean, report.stoppedBy.isEmpty { await successions.drained() }
    }

    /// Writes which drain is under way. What cannot be written is done nevertheless, and not gone on with after a restart.
    private func keep(_ note: DrainNote) async {
        do { try await journal.keep(drain: note) } catch {
            await report(.alarm, action: "drain", text: "the drain of \(node) cannot be written down: \(error)")
        }
    }

    /// It is not gone on with after a restart; another one is.
    func forget(_ drain: MoveID) async {
        do { try await journal.forget(drain: drain) } catch {
            await report(
                .alarm, action: "drain",
                text:
                    "that the drain of \(node) is over cannot be written down, and it goes on after a restart: \(error)"
            )
        }
    }
}
