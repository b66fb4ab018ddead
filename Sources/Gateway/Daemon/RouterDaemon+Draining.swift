import ContextTransfer
import ForwardingPath
package import GatewayAPI

extension RouterDaemon {
    package func drain(_ order: MoveOrder, by caller: Caller) async throws(OperationRefusal) -> ReportedDrain {
        if let drain, drain.isUnderWay { throw .notPossible("\(node) is being drained: \(drain.report.words)") }
        let decision = try await decide(order.selection)
        try check(order, decision)
        // What moves at its other end too is its previous router's to move, and stops nothing else.
        let own = zip(decision.planned, decision.known).filter { $0.0.relocations.map(\.from) == [node] }
        let batches = try decision.planner.batches(own.map(\.0), own.map(\.1))
        guard !batches.isEmpty else { throw .notPossible("there is no SA at \(node) that could move") }
        // Somebody else may have come first while the stack was read.
        if let drain, drain.isUnderWay { throw .notPossible("\(node) is being drained: \(drain.report.words)") }
        let associations = batches.reduce(0) { $0 + $1.offers.count }
        let report = ReportedDrain(
            gateway: node, requestedBy: caller.name, start: .now, moves: batches.count, associations: associations,
            staying: decision.planned.count - associations)
        drain = Drain(batches, order, report)
        let others = (order.selection.spread ?? []).map(\.text).joined(separator: ",")
        await self.report(
            .audit, by: caller.name, action: "drain",
            command: "ferry drain \(node)" + (others.isEmpty ? "" : " --to \(others)"),
            text: "asks to drain \(node): \(associations) SAs in \(batches.count) moves")
        for stuck in decision.planned {
            guard let why = whyStuck(stuck) else { continue }
            await self.report(
                .alarm, action: "drain", associations: [stuck.name], text: "\(stuck.name) stays at \(node): \(why)")
        }
        await goOnDraining()
        return drain?.report ?? report
    }

    /// Takes in what a party of a move here tells, as far as the drain goes on with it.
    func drained(_ event: MoveEvent) async {
        guard event.key.role == .holder else { return }
        let isCompleted: Bool
        switch event.kind {
        case .stands(.over(let outcome)): isCompleted = outcome == .completed
        // It cannot go on without its journal, and a drain does not wait for that.
        case .failed: isCompleted = false
        default: return
        }
        guard drain?.ended(event.move.id, completed: isCompleted, at: ClockTime(event.instant)) == true else { return }
        cache = nil
        await goOnDraining()
        guard let drain, !drain.isUnderWay else { return }
        await report(
            drain.report.refused == 0 ? .log : .alarm, by: drain.report.requestedBy, action: "drain",
            text: "the drain is over: \(drain.report.words)")
    }

    /// Why a drain leaves an SA that the paths would have leave; `nil` for what moves, or has no reason to.
    private func whyStuck(_ planned: PlannedAssociation) -> String? {
        switch planned.action {
        case .none, .pending: nil
        case .conflict: Self.why(planned)
        case .renegotiate: "it has to be negotiated anew, which ferry move does: \(Self.why(planned))"
        case .move where planned.relocations.map(\.from) != [node]:
            "its other end moves too: have \(network.path(on: planned.plane)?.previousRouter?.text ?? "the previous router") "
                + "move it (ferry move \(planned.name) --via)"
        case .move: nil
        }
    }

    /// Begins as many moves as may be under way.
    private func goOnDraining() async {
        guard let order = drain?.order, let begun = drain?.begin() else { return }
        let requestedBy = drain?.report.requestedBy ?? ""
        for (move, batch) in begun {
            var offer = MoveOffer(
                subject: batch.subject, associations: batch.offers, needsApproval: false, requestedBy: requestedBy)
            offer.spiConflict = order.selection.spiConflict
            await moves.request(
                move, MoveRequest(offer: offer, approval: order.approval, stepping: settings.stepping))
        }
    }
}
