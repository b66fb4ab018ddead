import ContextTransfer
import ForwardingPath
package import GatewayAPI

extension RouterDaemon {
    package func drain(_ order: MoveOrder, by caller: Caller) async throws(OperationRefusal) -> ReportedDrain {
        if let drain, drain.isUnderWay { throw .notPossible("\(node) is being drained: \(drain.report.words)") }
        let decision = try await decide(order.selection)
        try check(order, decision)
        let batches = try decision.planner.batches(decision.planned, decision.known)
        guard !batches.isEmpty else { throw .notPossible("there is no SA at \(node) that could move") }
        // Somebody else may have come first while the stack was read.
        if let drain, drain.isUnderWay { throw .notPossible("\(node) is being drained: \(drain.report.words)") }
        let queue = DrainQueue(
            batches, order, staying: decision.planned.count { $0.action != .move }
        ) { moves, associations, staying in
            ReportedDrain(
                gateway: node, requestedBy: caller.name, start: .now, moves: moves, associations: associations,
                staying: staying)
        }
        drain = queue
        let others = (order.selection.spread ?? []).map(\.text).joined(separator: ",")
        await report(
            .audit, by: caller.name, action: "drain",
            command: "ferry drain \(node)" + (others.isEmpty ? "" : " --to \(others)"),
            text: "asks to drain \(node): \(queue.report.associations) SAs in \(batches.count) moves")
        for stuck in decision.planned where stuck.action == .conflict {
            await report(
                .alarm, action: "drain", associations: [stuck.name],
                text: "\(stuck.name) stays at \(node): \(Self.why(stuck))")
        }
        await goOnDraining()
        return drain?.report ?? queue.report
    }

    /// Takes in what a party of a move here tells, as far as the drain goes on with it.
    func drained(_ event: MoveEvent) async {
        guard event.key.role == .holder, case .stands(.over(let outcome)) = event.kind,
            drain?.ended(event.move.id, completed: outcome == .completed, at: ClockTime(event.instant)) == true
        else { return }
        cache = nil
        await goOnDraining()
        guard let drain, !drain.isUnderWay else { return }
        await report(
            drain.report.refused == 0 ? .log : .alarm, by: drain.report.requestedBy, action: "drain",
            text: "the drain is over: \(drain.report.words)")
    }

    /// Begins as many moves as may be under way.
    private func goOnDraining() async {
        guard let order = drain?.order, let begun = drain?.begin() else { return }
        let requestedBy = drain?.report.requestedBy ?? ""
        for (move, batch) in begun {
            let offer = MoveOffer(
                subject: batch.subject, associations: batch.offers, needsApproval: false, requestedBy: requestedBy)
            await moves.request(
                move, MoveRequest(offer: offer, approval: order.approval, stepping: settings.stepping))
        }
    }
}
