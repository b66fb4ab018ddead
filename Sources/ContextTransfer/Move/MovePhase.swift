/// The phases of a move (DESIGN section 4), in their order.
package enum MovePhase: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    case plan = 1
    case approve, collect, prepare, quiesce, transfer, install, redirect, release

    package static func < (left: MovePhase, right: MovePhase) -> Bool { left.rawValue < right.rawValue }

    /// The phase's name, as on the screen and in reports.
    package var name: String {
        switch self {
        case .plan: "plan"
        case .approve: "approve"
        case .collect: "collect"
        case .prepare: "prepare"
        case .quiesce: "quiesce"
        case .transfer: "transfer"
        case .install: "install"
        case .redirect: "redirect"
        case .release: "release"
        }
    }

    /// Whether the traffic of the SAs is held in this phase.
    package var pausesTraffic: Bool { self == .quiesce || self == .transfer || self == .install }
}
