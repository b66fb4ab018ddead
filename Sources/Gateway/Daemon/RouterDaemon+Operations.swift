package import ContextTransfer
import ForwardingPath
package import GatewayAPI
import IPsec

extension RouterDaemon: GatewayOperations {
    package func describe() async -> GatewayDescription {
        GatewayDescription(
            node: node, role: network.node(node)?.role ?? .router, stack: settings.stack, version: Version.text,
            clock: .now, started: started, callerRole: .viewer, callerName: "")
    }

    package func watch(_ options: WatchOptions) async -> AsyncStream<WatchUpdate> {
        let watcher = Watcher(options) { await self.look() }
        return AsyncStream { await watcher.next() }
    }

    package func plan(_ selection: MoveSelection) async throws(OperationRefusal) -> ReportedPlan {
        let decision = try await decide(selection)
        let expires = ClockTime(
            milliseconds: ClockTime.now.milliseconds + UInt64(PlanToken.life.components.seconds * 1_000))
        var plan = ReportedPlan(
            token: PlanToken.make(selection, decision.entries, expires: expires), expires: expires,
            approval: settings.approval, associations: decision.entries)
        await addDetails(to: &plan, decision)
        return plan
    }

    package func move(_ order: MoveOrder, by caller: Caller) async throws(OperationRefusal) -> [ReportedMove] {
        try await move(order, in: nil, by: caller)
    }

    /// Moves what an order says, of SAs of one realm alone where it is given.
    func move(
        _ order: MoveOrder, in realm: Realm?, by caller: Caller
    ) async throws(OperationRefusal) -> [ReportedMove] {
        let decision = try await decide(order.selection, in: realm)
        try check(order, decision)
        let staying = decision.planned.filter { $0.action != .move && $0.action != .renegotiate }
        if let first = staying.first, !order.selection.names.isEmpty || staying.count == decision.planned.count {
            throw .notPossible("\(first.name) does not move: \(Self.why(first))")
        }
        let batches = try decision.planner.batches(decision.planned, decision.known)
        var reports = try await beginRenewals(decision, order, by: caller)
        guard !batches.isEmpty || !reports.isEmpty else {
            throw .notPossible("there is no SA at \(node) that could move")
        }
        for batches in batches.byUser { reports += try await start(batches, order, by: caller) }
        return reports
    }

    package func approve(_ move: MoveID, by caller: Caller) async throws(OperationRefusal) -> ReportedMove {
        let report = try waiting(move)
        guard await moves.approve(move, agrees: true, by: caller.name) else { throw Self.over(move) }
        await audit(report, "approve", "agrees to the move" + Self.also("to all others", report), caller)
        return await self.report(of: report) { !isAwaited(report, $0) }
    }

    package func deny(_ move: MoveID, by caller: Caller) async throws(OperationRefusal) -> ReportedMove {
        let report = try waiting(move)
        guard await moves.approve(move, agrees: false, by: caller.name) else { throw Self.over(move) }
        await audit(report, "deny", "refuses the move" + Self.also("all others", report), caller)
        return await self.report(of: report) { !isAwaited(report, $0) }
    }

    package func abort(_ move: MoveID, by caller: Caller) async throws(OperationRefusal) -> ReportedMove {
        let report = try led(move)
        guard report.isAbortable else {
            throw .notPossible("the move passed the point of no return: when it is completed, move the SAs back")
        }
        let isStopped = await renewalsInProgress.abort(move, by: caller.name)
        if !isStopped { guard await moves.abort(move, by: caller.name) else { throw Self.over(move) } }
        await audit(report, "abort", "aborts the move", caller)
        return await self.report(of: report) { $0 == .settling || $0.outcome != nil }
    }

    package func proceed(_ move: MoveID, by caller: Caller) async throws(OperationRefusal) -> ReportedMove {
        let report = try led(move)
        guard case .stepping = report.state else { throw .notPossible("the move does not wait for a key") }
        guard await moves.proceed(move) else { throw Self.over(move) }
        await audit(report, "proceed", "lets the move enter its next phase", caller)
        return await self.report(of: report) { $0 != report.state }
    }

    package func trace(_ move: MoveID?) async -> [TracedMessage] { traced.messages(of: move) }

    package func history(_ query: HistoryQuery) async throws(OperationRefusal) -> HistoryReport {
        let limit = query.limit ?? 1_000
        await writeEvents()
        do {
            let events = try await journal.events(after: query.after, move: query.move, limit: limit + 1)
            return HistoryReport(
                moves: try await journal.moves(query.move, limit: limit), events: Array(events.prefix(limit)),
                hasMore: events.count > limit)
        } catch {
            throw .notPossible("the journal cannot be read: \(error)")
        }
    }

    package func denied(_ caller: Caller, action: String) async {
        await report(
            .audit, by: caller.name, action: action,
            text: "a \(caller.role.rawValue) tried to \(action), which only an operator may")
    }

    // MARK: Whose it is

    static func why(_ planned: PlannedAssociation) -> String {
        if let reason = planned.reason { return reason.description }
        guard let type = planned.type else { return "its type is not known" }
        return "its type is \(type.rawValue), so both ends stay where they are"
    }

    /// What a decision about a move of a drain also decides.
    private static func also(_ others: String, _ move: ReportedMove) -> String {
        move.drain == nil ? "" : ", and \(others) of the same drain of \(move.route.holder)"
    }

    private func waiting(_ move: MoveID) throws(OperationRefusal) -> ReportedMove {
        guard let report = ledger[move] else { throw .notFound("there is no move \(move) at \(node)") }
        guard isAwaited(report, report.state) else {
            throw .notPossible("the move does not wait for an operator at \(node)")
        }
        return report
    }

    /// Whether a move that stands so waits for an operator here.
    private func isAwaited(_ move: ReportedMove, _ state: MoveState) -> Bool {
        guard case .awaitingApproval(let missing) = state else { return false }
        return missing.contains { move.route[$0] == node }
    }

    private func led(_ move: MoveID) throws(OperationRefusal) -> ReportedMove {
        guard let report = ledger[move] else { throw .notFound("there is no move \(move) at \(node)") }
        guard report.route.source == node else {
            throw .notPossible("\(report.route.source) leads the move: ask it there")
        }
        guard report.state.outcome == nil else { throw Self.over(move) }
        return report
    }

    private static func over(_ move: MoveID) -> OperationRefusal { .notPossible("the move \(move) is over") }

    private func audit(_ move: ReportedMove, _ action: String, _ text: String, _ caller: Caller) async {
        await report(
            .audit, by: caller.name, action: action, associations: move.names, move: move.id,
            command: "ferry \(action) \(move.id)", text: text)
    }
}
