package import ConfigurationFiles
package import ContextTransfer
package import ForwardingPath
package import GatewayAPI

/// Follows one gateway for ever: connects, watches, and connects again when it is lost.
///
/// Its ``news`` are made when they are asked for: a console that is slow gets a new snapshot in place of all the
/// changes that it missed.
package actor GatewayLink {
    /// Where the gateway is.
    package nonisolated let address: GatewayAddress
    /// For one reader; ends with ``run()``.
    package nonisolated let news: AsyncStream<LinkNews>

    private let tls: GatewayTLS?
    private let options: WatchOptions
    private let outlet: NewsOutlet
    private var client: GatewayClient?

    /// A link that has not been started; without `tls` only a UNIX socket can be reached.
    package init(address: GatewayAddress, tls: GatewayTLS?, options: WatchOptions = WatchOptions()) {
        (self.address, self.tls, self.options) = (address, tls, options)
        outlet = NewsOutlet()
        news = outlet.news
    }

    /// Follows until it is cancelled. Once only.
    package func run() async {
        var attempts = Attempts()
        await outlet.tell(.connecting)
        while !Task.isCancelled {
            let failure = await follow(&attempts)
            client = nil
            if attempts.isNew(failure) { await outlet.tell(.unreachable(reason: failure.description)) }
            try? await Task.sleep(for: attempts.pause())
        }
        outlet.end()
    }

    /// What a move would do.
    package func plan(_ selection: MoveSelection) async throws(RequestFailure) -> ReportedPlan {
        try await connected().plan(selection)
    }

    /// Starts moves, or queues them.
    package func move(_ order: MoveOrder) async throws(RequestFailure) -> [ReportedMove] {
        try await connected().move(order)
    }

    /// Agrees to a move that waits for an operator of this gateway.
    package func approve(_ move: MoveID) async throws(RequestFailure) -> ReportedMove {
        try await connected().approve(move)
    }

    /// Refuses a move that waits for an operator of this gateway.
    package func deny(_ move: MoveID) async throws(RequestFailure) -> ReportedMove {
        try await connected().deny(move)
    }

    /// Stops a move that has not passed the point of no return.
    package func abort(_ move: MoveID) async throws(RequestFailure) -> ReportedMove {
        try await connected().abort(move)
    }

    /// Lets a stepping move enter its next phase.
    package func proceed(_ move: MoveID) async throws(RequestFailure) -> ReportedMove {
        try await connected().proceed(move)
    }

    /// Begins to move everything away that can move.
    package func drain(_ order: MoveOrder) async throws(RequestFailure) -> ReportedDrain {
        try await connected().drain(order)
    }

    /// Begins no more moves of the drain of a gateway.
    package func stopDrain(of gateway: NodeName) async throws(RequestFailure) -> ReportedDrain {
        try await connected().stopDrain(of: gateway)
    }

    /// What became of some moves of the gateway's drain.
    package func drained(_ query: DrainedQuery) async throws(RequestFailure) -> DrainedReport {
        try await connected().drained(query)
    }

    /// Has a new router set up the new path of a plane.
    package func seekPath(_ wish: PathWish) async throws(RequestFailure) -> ReportedPath {
        try await connected().seekPath(wish)
    }

    /// The messages that the gateway sent and received lately: of one move, or of all.
    package func trace(_ move: MoveID?) async throws(RequestFailure) -> [TracedMessage] {
        try await connected().trace(move)
    }

    /// Finished moves and recorded events.
    package func history(_ query: HistoryQuery) async throws(RequestFailure) -> HistoryReport {
        try await connected().history(query)
    }

    private func connected() throws(RequestFailure) -> GatewayClient {
        guard let client else { throw .unreachable("the gateway is not connected") }
        return client
    }

    /// One connection, from its beginning to its end; returns why it ended.
    private func follow(_ attempts: inout Attempts) async -> RequestFailure {
        do {
            try await GatewayClient.connected(to: address, tls: tls) { client in
                let description = try await client.describe()
                self.client = client
                attempts.succeeded()
                await outlet.tell(.described(description))
                try await client.watch(options) { [outlet] update in
                    await outlet.tell(.updated(update))
                    return true
                }
            }
        } catch let failure as RequestFailure {
            return failure
        } catch {
            return .unreachable("\(error)")
        }
        return .unreachable("the gateway tells no more")
    }
}
