package import ConfigurationFiles
package import ContextTransfer
package import ForwardingPath
import GRPCCore
import GRPCNIOTransportHTTP2Posix
package import GatewayAPI
import Synchronization

/// One connection to a gateway, and what can be asked over it.
package struct GatewayClient: Sendable {
    /// How long an answer may take.
    package static let timeout = Duration.seconds(20)

    private let api: APIGateway.Client<HTTP2ClientTransport.WrappedChannel>
    private let connection: GatewayDoor.Opened

    /// Connects, and closes the connection when `body` is done.
    ///
    /// - Throws: ``RequestFailure`` when there is no connection, and what `body` throws.
    package static func connected<Result: Sendable>(
        to address: GatewayAddress, tls: GatewayTLS?, body: (GatewayClient) async throws -> Result
    ) async throws -> Result {
        let connection = try await GatewayDoor(address: address, tls: tls).open()
        let grpc = GRPCClient(transport: connection.transport)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await grpc.runConnections() }
            defer { group.cancelAll() }
            return try await body(GatewayClient(api: APIGateway.Client(wrapping: grpc), connection: connection))
        }
    }

    /// Who the gateway is, and who it takes the caller for.
    package func describe() async throws(RequestFailure) -> GatewayDescription {
        let description = try await unary { options in
            try await api.describe(APIDescribeRequest(), options: options).model
        }
        // On a UNIX socket the file says who it is.
        guard let node = connection.node, node != description.node else { return description }
        throw .untrusted("who answered has the certificate of \(node) and calls itself \(description.node)")
    }

    /// Gives each update to `take`, the first one a snapshot, until it returns `false`.
    ///
    /// As long as `take` has not returned, nothing more is read: the gateway then leaves out what is too much, and
    /// sends a snapshot again.
    /// - Throws: ``RequestFailure``, also when the gateway ends it.
    package func watch(
        _ options: WatchOptions, take: @escaping @Sendable (WatchUpdate) async -> Bool
    ) async throws(RequestFailure) {
        do {
            try await api.watch(APIWatchRequest(options), options: Self.options(timeout: nil)) { response in
                var assembler = WatchAssembler()
                for try await reply in response.messages {
                    if let update = try assembler.take(reply), await !take(update) { return }
                }
                throw RequestFailure.unreachable("the gateway tells no more")
            }
        } catch {
            throw failure(of: error)
        }
    }

    /// All that the gateway has now, with so many of its last events.
    package func snapshot(events: Int = 0) async throws(RequestFailure) -> GatewaySnapshot {
        let first = Mutex<WatchUpdate?>(nil)
        try await watch(WatchOptions(traffic: false, events: events)) { update in
            first.withLock { $0 = update }
            return false
        }
        guard case .snapshot(let all) = first.withLock({ $0?.content }) else {
            throw .incompatible("the gateway did not begin with a snapshot")
        }
        return all
    }

    /// What a move would do.
    package func plan(_ selection: MoveSelection) async throws(RequestFailure) -> ReportedPlan {
        try await unary { options in try await api.plan(APIPlanRequest(selection), options: options).model }
    }

    /// Starts moves, or queues them.
    package func move(_ order: MoveOrder) async throws(RequestFailure) -> [ReportedMove] {
        try await unary { options in try await api.move(APIMoveRequest(order), options: options).model }
    }

    /// Agrees to a move that waits for an operator of that gateway.
    package func approve(_ move: MoveID) async throws(RequestFailure) -> ReportedMove {
        try await unary { options in try await api.approve(APIApproveRequest(move), options: options).model }
    }

    /// Refuses a move that waits for an operator of that gateway.
    package func deny(_ move: MoveID) async throws(RequestFailure) -> ReportedMove {
        try await unary { options in try await api.deny(APIDenyRequest(move), options: options).model }
    }

    /// Stops a move that has not passed the point of no return.
    package func abort(_ move: MoveID) async throws(RequestFailure) -> ReportedMove {
        try await unary { options in try await api.abort(APIAbortRequest(move), options: options).model }
    }

    /// Lets a stepping move enter its next phase.
    package func proceed(_ move: MoveID) async throws(RequestFailure) -> ReportedMove {
        try await unary { options in try await api.proceed(APIProceedRequest(move), options: options).model }
    }

    /// Begins to move everything away that can move.
    package func drain(_ order: MoveOrder) async throws(RequestFailure) -> ReportedDrain {
        try await unary { options in try await api.drain(APIDrainRequest(order), options: options).model }
    }

    /// Begins no more moves of the drain of a gateway.
    package func stopDrain(of gateway: NodeName) async throws(RequestFailure) -> ReportedDrain {
        try await unary { options in try await api.stopDrain(APIStopDrainRequest(gateway), options: options).model }
    }

    /// What became of the moves of the gateway's drain.
    package func drained(_ query: DrainedQuery) async throws(RequestFailure) -> DrainedReport {
        try await unary { options in try await api.drained(APIDrainedRequest(query), options: options).model }
    }

    /// Gives a plane other paths, until the network file is read anew.
    package func setPath(_ path: PathPair) async throws(RequestFailure) -> ReportedPath {
        try await unary { options in try await api.setPath(APISetPathRequest(path), options: options).model }
    }

    /// Has a new router set up the new path of a plane; asked of the previous router.
    package func seekPath(_ wish: PathWish) async throws(RequestFailure) -> ReportedPath {
        try await unary { options in try await api.seekPath(APISeekPathRequest(wish), options: options).model }
    }

    /// The messages that the gateway sent and received lately: of one move, or of all.
    package func trace(_ move: MoveID?) async throws(RequestFailure) -> [TracedMessage] {
        try await unary { options in try await api.trace(APITraceRequest(move), options: options).model }
    }

    /// Finished moves and recorded events.
    package func history(_ query: HistoryQuery) async throws(RequestFailure) -> HistoryReport {
        try await unary { options in try await api.history(APIHistoryRequest(query), options: options).model }
    }

    private func unary<Answer: Sendable>(
        _ call: (CallOptions) async throws -> Answer
    ) async throws(RequestFailure) -> Answer {
        do {
            return try await call(Self.options(timeout: Self.timeout))
        } catch {
            throw failure(of: error)
        }
    }

    /// What gRPC's error means; the connection's own end says more than gRPC does.
    private func failure(of error: any Error) -> RequestFailure {
        switch error {
        case let failure as RequestFailure: return failure
        case let error as MessageError: return .incompatible("the gateway's answer cannot be read: \(error)")
        case let error as RPCError:
            if let refusal = OperationRefusal(error) { return .refused(refusal) }
            switch error.code {
            case .invalidArgument: return .incompatible("the gateway cannot read the request: \(error.message)")
            case .unimplemented:
                return .incompatible("the gateway does not know this request: it is of another version")
            case .deadlineExceeded: return .unreachable("the gateway did not answer within \(Self.timeout)")
            // Only the gateway says this; by now its connection may be closed, which says less.
            case .cancelled: return .unreachable(error.message)
            default: return connection.end.failure ?? .unreachable(error.message)
            }
        default: return connection.end.failure ?? .unreachable("the connection is closed")
        }
    }

    private static func options(timeout: Duration?) -> CallOptions {
        var options = CallOptions.defaults
        options.timeout = timeout
        // The transport takes this one for what it receives.
        options.maxRequestMessageBytes = 64 << 20
        options.maxResponseMessageBytes = 64 << 20
        return options
    }
}
