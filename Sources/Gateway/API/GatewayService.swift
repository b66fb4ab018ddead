import ContextTransfer
package import GRPCCore
package import GatewayAPI
import Logging

/// The gateway's API as gRPC calls: says who calls, reads what they ask, and answers.
package struct GatewayService: APIGateway.SimpleServiceProtocol {
    private let operations: any GatewayOperations
    private let callers: CallerRule
    private let backlog: Int
    private let logger: Logger

    /// For one server; `backlog` is how much may wait for one slow caller that watches.
    init(_ operations: any GatewayOperations, callers: CallerRule, backlog: Int, logger: Logger) {
        (self.operations, self.callers, self.backlog, self.logger) = (operations, callers, backlog, logger)
    }

    /// Who the gateway is, and who it takes the caller for.
    package func describe(request: APIDescribeRequest, context: ServerContext) async throws -> APIDescription {
        let caller = try caller(context)
        var description = await operations.describe()
        (description.callerName, description.callerRole) = (caller.name, caller.role)
        return APIDescription(description)
    }

    /// A snapshot and what changes, until the caller leaves or the gateway stops.
    package func watch(
        request: APIWatchRequest, response: RPCWriter<APIWatchReply>, context: ServerContext
    ) async throws {
        _ = try caller(context)
        let relay = WatchRelay(operations, options: try request.model, backlog: backlog)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await relay.run { update in
                    for reply in APIWatchReply.replies(update) { try await response.write(reply) }
                }
            }
            group.addTask {
                try await context.cancellation.cancelled
                throw RPCError(code: .cancelled, message: "the gateway stops")
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// What a move would do.
    package func plan(request: APIPlanRequest, context: ServerContext) async throws -> APIPlanReply {
        _ = try caller(context)
        return APIPlanReply(try await operations.plan(try request.model))
    }

    /// Starts moves.
    package func move(request: APIMoveRequest, context: ServerContext) async throws -> APIMoveReply {
        let caller = try await `operator`(context, action: "move")
        return APIMoveReply(try await operations.move(try request.model, by: caller))
    }

    /// Agrees to a move.
    package func approve(request: APIApproveRequest, context: ServerContext) async throws -> APIDecisionReply {
        let caller = try await `operator`(context, action: "approve")
        return APIDecisionReply(try await operations.approve(try request.model, by: caller))
    }

    /// Refuses a move.
    package func deny(request: APIDenyRequest, context: ServerContext) async throws -> APIDecisionReply {
        let caller = try await `operator`(context, action: "deny")
        return APIDecisionReply(try await operations.deny(try request.model, by: caller))
    }

    /// Stops a move.
    package func abort(request: APIAbortRequest, context: ServerContext) async throws -> APIDecisionReply {
        let caller = try await `operator`(context, action: "abort")
        return APIDecisionReply(try await operations.abort(try request.model, by: caller))
    }

    /// Lets a stepping move enter its next phase.
    package func proceed(request: APIProceedRequest, context: ServerContext) async throws -> APIDecisionReply {
        let caller = try await `operator`(context, action: "proceed")
        return APIDecisionReply(try await operations.proceed(try request.model, by: caller))
    }

    /// Moves everything away that can move.
    package func drain(request: APIDrainRequest, context: ServerContext) async throws -> APIDrainReply {
        let caller = try await `operator`(context, action: "drain")
        return APIDrainReply(try await operations.drain(try request.model, by: caller))
    }

    /// Begins no more moves of a drain.
    package func stopDrain(request: APIStopDrainRequest, context: ServerContext) async throws -> APIDrainReply {
        let caller = try await `operator`(context, action: "stop a drain")
        return APIDrainReply(try await operations.stopDrain(of: try request.model, by: caller))
    }

    /// What became of the moves of a drain.
    package func drained(request: APIDrainedRequest, context: ServerContext) async throws -> APIDrainedReply {
        _ = try caller(context)
        return APIDrainedReply(await operations.drained(try request.model))
    }

    /// Gives a plane other paths.
    package func setPath(request: APISetPathRequest, context: ServerContext) async throws -> APISetPathReply {
        let caller = try await `operator`(context, action: "set paths")
        return APISetPathReply(try await operations.setPath(try request.model, by: caller))
    }

    /// Has another router set up a new path.
    package func seekPath(request: APISeekPathRequest, context: ServerContext) async throws -> APISetPathReply {
        let caller = try await `operator`(context, action: "seek paths")
        return APISetPathReply(try await operations.seekPath(try request.model, by: caller))
    }

    /// The messages that were sent and received lately.
    package func trace(request: APITraceRequest, context: ServerContext) async throws -> APITraceReply {
        _ = try caller(context)
        return APITraceReply(await operations.trace(try request.model))
    }

    /// Finished moves and recorded events.
    package func history(request: APIHistoryRequest, context: ServerContext) async throws -> APIHistoryReply {
        _ = try caller(context)
        return APIHistoryReply(try await operations.history(try request.model))
    }

    private func caller(_ context: ServerContext) throws(OperationRefusal) -> Caller {
        do throws(OperationRefusal) {
            return try callers.caller(context)
        } catch {
            logger.warning("Refused a call", metadata: ["reason": "\(error)", "address": "\(context.remotePeer)"])
            throw error
        }
    }

    /// Who calls, if it is an operator; others have tried what they may not, which is recorded.
    private func `operator`(_ context: ServerContext, action: String) async throws(OperationRefusal) -> Caller {
        let caller = try caller(context)
        guard caller.role == .operator else {
            await operations.denied(caller, action: action)
            throw .notAllowed("\(caller) may look and not \(action): use an operator's certificate")
        }
        return caller
    }
}
