package import GatewayAPI

/// What a gateway said when it was asked for a plan.
package enum PlanAnswer: Equatable, Sendable {
    /// What would happen.
    case plan(ReportedPlan)
    /// Why there is none: one sentence without a full stop.
    case failure(String)
}
