package import ContextTransfer
package import ForwardingPath
package import GatewayAPI

extension RouterDaemon {
    package func drain(_ order: MoveOrder, by caller: Caller) async throws(OperationRefusal) -> ReportedDrain {
        if let drain, drain.isUnderWay { throw .notPossible("\(node) is being drained: \(drain.report.words)") }
        let decision = try await decide(order.selection)
        try check(order, decision)
        let begun = try await begin(
            decision, DrainNote(id: .random(), order: order, requestedBy: caller.name, start: .now))
        let others = (order.selection.spread ?? []).map(\.text).joined(separator: ",")
        let conflict = order.selection.spiConflict.map { " --spi-conflict \($0.rawValue)" } ?? ""
        await report(
            .audit, by: caller.name, action: "drain",
            command: "ferry drain \(node)" + (others.isEmpty ? "" : " --to \(others)") + conflict,
            text: "asks to drain \(node): \(begun.associations) SAs in \(begun.moves) moves")
        for stuck in decision.planned {
            guard let why = whyStuck(stuck) else { continue }
            await report(
                .alarm, action: "drain", associations: [stuck.name], text: "\(stuck.name) stays at \(node): \(why)")
        }
        await goOnDraining()
        return drain?.report ?? begun
    }

    package func stopDrain(of gateway: NodeName, by caller: Caller) async throws(OperationRefusal) -> ReportedDrain {
        guard gateway == node else { throw .notPossible("this gateway is \(node), not \(gateway)") }
        guard drain?.isUnderWay == true else { throw .notPossible("\(node) is not being drained") }
        drain?.stop(by: caller.name, at: .now)
        cache = nil
        guard let report = drain?.report else { throw .notPossible("\(node) is not being drained") }
        await self.report(
            .audit, by: caller.name, action: "stop", command: "ferry drain \(node) --stop",
            text: "stops the drain of \(node): \(report.leftOut) moves do not begin, and \(report.running) go on")
        if drain?.isUnderWay == false { await tellEnd(of: report) } else { await keep(nil) }
        return report
    }

    /// Whether a drain of this gateway is under way.
    package var isDraining: Bool { drain?.isUnderWay ?? false }

    /// Whether a move of it is, or has not been looked into since it ended.
    package func isDraining(with move: MoveID) -> Bool { drain?.queue[move] != nil }

    /// Takes in what a party of a move here tells, as far as the drain goes on with it.
    func drained(_ event: MoveEvent) async {
        guard let unit = drain?.queue[event.move.id], event.key.role == unit.role else { return }
        switch event.kind {
        case .stands(.over(.refused(let reason))) where reason.mayBeOtherwise:
            drainWorkWanted.yield(.retry(event.move.id, reason))
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
    private func begin(_ decision: Decision, _ note: DrainNote) async throws(OperationRefusal) -> ReportedDrain {
        let units = try units(decision)
        guard !units.isEmpty else { throw .notPossible("there is no SA at \(node) that could move") }
        // Somebody else may have come first while the stack was read.
        if let drain, drain.isUnderWay { throw .notPossible("\(node) is being drained: \(drain.report.words)") }
        let associations = units.reduce(0) { $0 + $1.names.count }
        let report = ReportedDrain(
            gateway: node, requestedBy: note.requestedBy, start: note.start, moves: units.count,
            associations: associations, staying: decision.planned.count - associations)
        drain = Drain(note.id, units, note.order, report)
        await keep(note)
        return report
    }

    /// What leaves, in the order of the stack's SAs. What moves at its other end too is its previous router's to move.
    private func units(_ decision: Decision) throws(OperationRefusal) -> [DrainUnit] {
        let own = zip(decision.planned, decision.known).filter { $0.0.relocations.map(\.from) == [node] }
        var units = try decision.planner.batches(own.map(\.0), own.map(\.1)).map {
            DrainUnit(way: .move($0), names: $0.offers.map(\.label))
        }
        var renewals: [String: [NodeName: [String]]] = [:]
        for (plan, known) in own where plan.action == .renegotiate {
            guard let taker = plan.relocations.first?.to else { continue }
            renewals[known.summary.user, default: [:]][taker, default: []].append(plan.name)
        }
        for (_, takers) in renewals.sorted(by: { $0.key < $1.key }) {
            for (taker, names) in takers.sorted(by: { $0.key < $1.key }) {
                units.append(DrainUnit(way: .renewal(at: taker), names: names))
            }
        }
        return units
    }

    /// Begins as many moves as may be under way.
    private func goOnDraining() async {
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

    private func ended(_ move: MoveID, _ outcome: MoveOutcome, at clock: ClockTime) async {
        guard drain?.ended(move, outcome, at: clock) == true else { return }
        cache = nil
        await goOnDraining()
        guard let drain, !drain.isUnderWay else { return }
        await tellEnd(of: drain.report)
    }

    private func tellEnd(of report: ReportedDrain) async {
        await keep(nil)
        await self.report(
            report.unsuccessful.isEmpty ? .log : .alarm, by: report.requestedBy, action: "drain",
            text: "the drain is over: \(report.words)")
    }

    /// Writes which drain is under way. What cannot be written is done nevertheless, and not gone on with after a restart.
    private func keep(_ note: DrainNote?) async {
        do { try await journal.keep(drain: note) } catch {
            await report(.alarm, action: "drain", text: "the drain of \(node) cannot be written down: \(error)")
        }
    }

    // MARK: What has to be looked into

    private func carryOut(_ work: DrainWork) async {
        switch work {
        case .renew(let move): await renew(move)
        case .retry(let move, let reason):
            guard let unit = drain?.queue[move] else { return }
            let next: DrainUnit?
            if reason == .busy {
                next = await later(unit)
            } else {
                next = await elsewhere(unit)
            }
            guard let next, drain?.retry(move, as: next) == true else {
                return await ended(move, .refused(reason), at: .now)
            }
            cache = nil
            if next.taker != unit.taker {
                await report(
                    .log, action: "drain", associations: unit.names, move: move,
                    text: "\(unit.taker) does not take them (\(reason)): \(next.taker) is tried")
            }
            await goOnDraining()
        }
    }

    /// How often another move of a user may be in the way, and how long one is waited for.
    private static let (longestWait, wait) = (30, Duration.seconds(1))

    /// The same once more, after a while; `nil` where that was done often enough.
    private func later(_ unit: DrainUnit) async -> DrainUnit? {
        guard unit.waits < Self.longestWait, (try? await Task.sleep(for: Self.wait)) != nil else { return nil }
        var next = unit
        next.waits += 1
        return next
    }

    /// The SAs on their way to a gateway that has not refused them; `nil` where there is none.
    private func elsewhere(_ unit: DrainUnit) async -> DrainUnit? {
        guard let order = drain?.order else { return nil }
        var allowed = order.selection.spread ?? []
        if allowed.isEmpty {
            allowed = Set(network.paths.flatMap { $0.next ?? [] }).sorted().filter {
                network.node($0)?.role.takesAssociations == true
            }
        }
        let refusing = unit.refusedBy.union([unit.taker, node])
        allowed.removeAll(where: refusing.contains)
        guard !allowed.isEmpty else { return nil }
        var selection = MoveSelection(draining: node, to: allowed)
        (selection.names, selection.spiConflict) = (unit.names, order.selection.spiConflict)
        guard let decision = try? await decide(selection), var next = (try? units(decision))?.first,
            next.names.count == unit.names.count
        else { return nil }
        next.refusedBy = refusing
        return next
    }

    private func renew(_ move: MoveID) async {
        guard let drain, let unit = drain.queue[move] else { return }
        var selection = drain.order.selection
        (selection.names, selection.spread) = (unit.names, [unit.taker])
        var order = drain.order
        order.selection = selection
        do throws(OperationRefusal) {
            let begun = try await beginRenewals(
                try await decide(selection), order, as: move,
                by: Caller(name: drain.report.requestedBy, role: .operator))
            guard begun.isEmpty else { return }
            await ended(move, .refused(.failure("there is nothing to negotiate any more")), at: .now)
        } catch {
            await report(
                .alarm, action: "drain", associations: unit.names, move: move,
                text: "\(unit.names.joined(separator: ", ")) cannot be negotiated anew at \(unit.taker): \(error)")
            await ended(move, .refused(.failure("\(error)")), at: .now)
        }
    }

    // MARK: After a restart

    /// How long what was under way may take to be settled, and how often that is looked at.
    private static let (settling, look) = (Duration.seconds(60), Duration.milliseconds(100))

    private func resumeDrain() async {
        guard let note = try? await journal.drain() else { return }
        let deadline = ContinuousClock.now + Self.settling
        while await moves.isHolding, ContinuousClock.now < deadline {
            guard (try? await Task.sleep(for: Self.look)) != nil else { return }
        }
        do throws(OperationRefusal) {
            let report = try await begin(try await decide(note.order.selection), note)
            await self.report(
                .log, by: note.requestedBy, action: "drain",
                text:
                    "goes on with the drain of \(node) after a restart: \(report.associations) SAs in \(report.moves) moves"
            )
            await goOnDraining()
        } catch {
            await keep(nil)
            await report(
                .alarm, by: note.requestedBy, action: "drain",
                text: "the drain of \(node) does not go on after the restart: \(error)")
        }
    }
}

extension MoveReason {
    /// Whether another gateway, or this one later, may take what was refused for this.
    fileprivate var mayBeOtherwise: Bool {
        switch self {
        case .spiInUse, .unsupported, .noCapacity, .timeout, .restarted, .busy, .failure: true
        case .noAssociation, .associationChanged, .expired, .notApproved, .aborted, .unknownMove, .groupFailed,
            .outdated,
            .notAuthorized:
            false
        }
    }
}
