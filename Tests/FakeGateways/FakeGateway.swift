package import ContextTransfer
package import ForwardingPath
package import Gateway
package import GatewayAPI
import IPsec

/// A gateway that has what a test gives it, and keeps what was asked of it.
package actor FakeGateway: GatewayOperations {
    /// What was asked, such as `approve 0…01 by operator alice`.
    package private(set) var calls: [String] = []
    /// The tokens of plans that orders to move came with.
    package private(set) var tokens: [String?] = []
    private var isOutdated = false
    /// The watches that began, for a test that feeds them itself.
    package nonisolated let watches: AsyncStream<AsyncStream<WatchUpdate>.Continuation>

    private let node: NodeName
    private let began: AsyncStream<AsyncStream<WatchUpdate>.Continuation>.Continuation
    private var snapshot: GatewaySnapshot
    private var refusal: OperationRefusal?
    private var past: ReportedMove?
    private var orders: [ReportedMove] = [Sample.move]
    private var watchers: [AsyncStream<WatchUpdate>.Continuation] = []

    /// A gateway of that name; without a snapshot its watches tell nothing.
    package init(_ snapshot: GatewaySnapshot = GatewaySnapshot(revision: 1), node: NodeName = "SG1") {
        (self.snapshot, self.node) = (snapshot, node)
        (watches, began) = AsyncStream.makeStream()
    }

    /// From now on it refuses what it may refuse.
    package func refuse(_ refusal: OperationRefusal) { self.refusal = refusal }

    /// From now on each plan is another one by the time that it is ordered.
    package func outdate() { isOutdated = true }

    /// What the next orders to move begin.
    package func begin(_ moves: [ReportedMove]) { orders = moves }

    /// It has that move in its history, and none in its snapshots.
    package func remember(_ move: ReportedMove) { past = move }

    /// Tells all who watch, and who will watch.
    package func change(_ kinds: GatewayChange.Kind...) {
        var changes: [GatewayChange] = []
        for kind in kinds {
            snapshot.revision += 1
            changes.append(GatewayChange(revision: snapshot.revision, kind))
            guard case .move(let move) = kind else { continue }
            snapshot.moves.removeAll { $0.id == move.id }
            snapshot.moves.append(move)
        }
        for watcher in watchers { watcher.yield(WatchUpdate(clock: Sample.clock, .changes(changes))) }
    }

    package func describe() -> GatewayDescription { Sample.description(of: node) }

    package func watch(_ options: WatchOptions) -> AsyncStream<WatchUpdate> {
        calls.append("watch \(options.events)")
        let (updates, watcher) = AsyncStream.makeStream(of: WatchUpdate.self)
        watcher.yield(WatchUpdate(clock: Sample.clock, .snapshot(snapshot)))
        watchers.append(watcher)
        began.yield(watcher)
        return updates
    }

    package func plan(_ selection: MoveSelection) throws(OperationRefusal) -> ReportedPlan {
        try take("plan \(selection.names)")
        return Sample.plan
    }

    package func move(_ order: MoveOrder, by caller: Caller) throws(OperationRefusal) -> [ReportedMove] {
        tokens.append(order.planToken)
        try take("move \(order.selection.names) by \(caller)")
        if isOutdated { throw .outOfDate }
        guard past == nil else { return orders }
        snapshot.moves += orders.filter { order in !snapshot.moves.contains { $0.id == order.id } }
        return orders
    }

    package func approve(_ move: MoveID, by caller: Caller) throws(OperationRefusal) -> ReportedMove {
        try decide("approve", move, caller)
    }

    package func deny(_ move: MoveID, by caller: Caller) throws(OperationRefusal) -> ReportedMove {
        try decide("deny", move, caller)
    }

    package func abort(_ move: MoveID, by caller: Caller) throws(OperationRefusal) -> ReportedMove {
        try decide("abort", move, caller)
    }

    package func proceed(_ move: MoveID, by caller: Caller) throws(OperationRefusal) -> ReportedMove {
        try decide("proceed", move, caller)
    }

    package func drain(_ order: MoveOrder, by caller: Caller) throws(OperationRefusal) -> ReportedDrain {
        try take("drain to \(order.selection.spread ?? []) by \(caller.name)")
        return Sample.drain
    }

    package func stopDrain(of gateway: NodeName, by caller: Caller) throws(OperationRefusal) -> ReportedDrain {
        try take("stop the drain of \(gateway) by \(caller.name)")
        var drain = Sample.drain
        (drain.leftOut, drain.stoppedBy) = (1, caller.name)
        return drain
    }

    package func drained(_ query: DrainedQuery) -> DrainedReport {
        var query = query
        query.limit = query.limit ?? 1
        return DrainedReport(query, of: Sample.drained, drain: Sample.drain)
    }

    package func setPath(_ path: PathPair, by caller: Caller) throws(OperationRefusal) -> ReportedPath {
        try take("set \(path.plane.rawValue) paths by \(caller.name)")
        return ReportedPath(path)
    }

    package func seekPath(_ wish: PathWish, by caller: Caller) throws(OperationRefusal) -> ReportedPath {
        try take("seek a \(wish.plane.rawValue) path of \(wish.router) by \(caller.name)")
        return ReportedPath(
            PathPair(plane: wish.plane, previous: ["MN", "PR", "RN"], next: ["MN", wish.router, "RN"]))
    }

    package func trace(_ move: MoveID?) -> [TracedMessage] { [] }

    package func history(_ query: HistoryQuery) throws(OperationRefusal) -> HistoryReport {
        try take("history \(query.after)")
        guard let past else { return Sample.history }
        return HistoryReport(moves: [past], events: [], hasMore: false)
    }

    package func denied(_ caller: Caller, action: String) { calls.append("\(caller) was denied to \(action)") }

    private func decide(
        _ what: String, _ move: MoveID, _ caller: Caller
    ) throws(OperationRefusal) -> ReportedMove {
        try take("\(what) \(move) by \(caller)")
        return snapshot.moves.first { $0.id == move } ?? Sample.move
    }

    private func take(_ call: String) throws(OperationRefusal) {
        calls.append(call)
        if let refusal { throw refusal }
    }
}
