package import ContextTransfer
package import ForwardingPath
package import GatewayAPI

/// What a gateway does for consoles and operators; the API carries it to them.
package protocol GatewayOperations: Sendable {
    /// Who the gateway is; the fields about the caller are for the API to fill in.
    func describe() async -> GatewayDescription

    /// First a snapshot, then what changes, until the stream is dropped.
    ///
    /// Its reader is quick: a caller that is slow is not the stream's concern.
    func watch(_ options: WatchOptions) async -> AsyncStream<WatchUpdate>

    /// What a move would do; changes nothing.
    func plan(_ selection: MoveSelection) async throws(OperationRefusal) -> ReportedPlan

    /// Starts moves, or queues them; returns those that the order began.
    func move(_ order: MoveOrder, by caller: Caller) async throws(OperationRefusal) -> [ReportedMove]

    /// Agrees to a move that waits for an operator here.
    func approve(_ move: MoveID, by caller: Caller) async throws(OperationRefusal) -> ReportedMove

    /// Refuses a move that waits for an operator here.
    func deny(_ move: MoveID, by caller: Caller) async throws(OperationRefusal) -> ReportedMove

    /// Stops a move that has not passed the point of no return.
    func abort(_ move: MoveID, by caller: Caller) async throws(OperationRefusal) -> ReportedMove

    /// Lets a stepping move enter its next phase.
    func proceed(_ move: MoveID, by caller: Caller) async throws(OperationRefusal) -> ReportedMove

    /// Begins to move everything away that can move.
    func drain(_ order: MoveOrder, by caller: Caller) async throws(OperationRefusal) -> ReportedDrain

    /// Begins no more moves of the drain of this gateway; those that began go on.
    func stopDrain(of gateway: NodeName, by caller: Caller) async throws(OperationRefusal) -> ReportedDrain

    /// What became of the moves of the drain under way, or of the last one.
    func drained(_ query: DrainedQuery) async -> DrainedReport

    /// Gives a plane other paths, until the network file is read anew.
    func setPath(_ path: PathPair, by caller: Caller) async throws(OperationRefusal) -> ReportedPath

    /// Has a new router set up the new path of a plane, from what the SAs along the previous one need.
    func seekPath(_ wish: PathWish, by caller: Caller) async throws(OperationRefusal) -> ReportedPath

    /// The messages that were sent and received lately: of one move, or of all.
    func trace(_ move: MoveID?) async -> [TracedMessage]

    /// Finished moves and recorded events.
    func history(_ query: HistoryQuery) async throws(OperationRefusal) -> HistoryReport

    /// Somebody tried what only an operator may do; for the audit trail. `action` is one word, such as "approve".
    func denied(_ caller: Caller, action: String) async
}
