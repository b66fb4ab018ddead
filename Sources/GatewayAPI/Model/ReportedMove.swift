package import ContextTransfer

/// One move as a gateway tells it.
package struct ReportedMove: Hashable, Sendable {
    /// What names it for ever.
    package var id: MoveID
    /// Names of its SAs, by SA index.
    package var names: [String]
    /// Which node plays which part.
    package var route: MoveRoute
    /// In the order that they began.
    package var phases: [PhaseProgress]
    /// Where it stands.
    package var state: MoveState
    /// Why it waits; empty where it does not.
    package var waitingReason: String
    /// Who asked for it.
    package var requestedBy: String
    /// Whether an abort would still be taken.
    package var isAbortable: Bool
    /// From the last packet at the holder to in force at the taker, in whole microseconds; `nil` while not known.
    package var pause: Duration?
    /// CXTP octets sent and received for it at this gateway.
    package var bytes: UInt64
    /// The group that it is a part of, whose moves go through together or not at all; `nil` where it is alone.
    package var group: MoveID?
    /// The drain that it is a part of: what an operator decides about one of its moves holds for all.
    package var drain: MoveID?

    /// From its parts.
    package init(
        id: MoveID, names: [String], route: MoveRoute, phases: [PhaseProgress] = [], state: MoveState,
        waitingReason: String = "", requestedBy: String, isAbortable: Bool, pause: Duration? = nil, bytes: UInt64 = 0,
        group: MoveID? = nil
    ) {
        self.id = id
        self.names = names
        self.route = route
        self.phases = phases
        self.state = state
        self.waitingReason = waitingReason
        self.requestedBy = requestedBy
        self.isAbortable = isAbortable
        self.pause = pause
        self.bytes = bytes
        self.group = group
    }
}
