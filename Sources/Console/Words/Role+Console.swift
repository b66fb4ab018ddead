import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import Terminal

extension Role {
    /// An SA of a type, or of none.
    static func type(_ type: SAType?) -> Role { Role(type.map { "sa.type.\($0.rawValue)" } ?? "sa.type.none") }

    /// An SA in a phase of its life.
    static func phase(_ phase: SAPhase) -> Role {
        switch phase {
        case .inForce: Role("sa.state.inforce")
        case .dying: Role("sa.state.dying")
        case .quiesced: Role("sa.state.quiesced")
        case .ended: Role("sa.state.ended")
        }
    }

    /// A policy that does this.
    static func action(_ action: PolicyAction) -> Role { Role("spd.\(action.name)") }

    /// The previous path, the new one, and what both share.
    static let pathPrevious = Role("path.previous"), pathNext = Role("path.next"), pathCommon = Role("path.common")
    /// G.
    static let pathGateway = Role("path.gateway")

    /// A move that stands so.
    static func move(_ move: ReportedMove) -> Role {
        switch move.state {
        case .queued, .awaitingApproval, .stepping: Role("move.waiting")
        case .settling: Role("move.switching")
        case .running: running(in: move.phases.last?.phase ?? .plan)
        case .finished(let end): outcome(end)
        }
    }

    /// How a move ended.
    private static func outcome(_ outcome: MoveOutcome) -> Role {
        switch outcome {
        case .completed: Role("move.done")
        case .refused: Role("move.refused")
        case .aborted: Role("move.aborted")
        case .failed, .ended: Role("move.failed")
        }
    }

    /// Where a part of a drain stands.
    static func standing(_ standing: ReportedDrained.Standing) -> Role {
        switch standing {
        case .waiting: phaseToDo
        case .underWay: Role("move.preparing")
        case .over(let end, _): outcome(end)
        case .leftOut: Role("move.waiting")
        }
    }

    private static func running(in phase: MovePhase) -> Role {
        switch phase {
        case .plan: Role("move.planned")
        case .approve: Role("move.waiting")
        case .collect, .prepare: Role("move.preparing")
        case .quiesce, .transfer, .install: Role("move.switching")
        case .redirect, .release: Role("move.installing")
        }
    }

    /// A phase that is not reached yet.
    static let phaseToDo = Role("move.planned")

    /// What a plan does with an SA.
    static func planned(_ action: PlannedAction) -> Role {
        switch action {
        case .none: .statusInfo
        case .move: .statusOK
        case .renegotiate: .statusWarn
        case .pending: .statusUnknown
        case .conflict: .statusError
        }
    }

    /// An event.
    static func event(_ event: ReportedEvent) -> Role {
        switch event.kind {
        case .alarm, .renegotiation: Role("log.alarm")
        case .audit: Role("log.operator")
        case .log: Role("log.policy")
        }
    }

    /// Read-only, armed, frozen.
    static let readOnly = Role("mode.readonly"), armed = Role("mode.armed"), frozen = Role("mode.frozen")

    /// A gateway that is reached so.
    static func reach(_ reach: Reach) -> Role {
        switch reach {
        case .connected: Role("gateway.reachable")
        case .connecting: .statusUnknown
        case .unreachable: Role("gateway.unreachable")
        }
    }
}
