/// How a move ended; the raw value is its word in files and reports.
package enum MoveOutcome: String, Hashable, Sendable, CaseIterable {
    /// Every SA that was to move is in force at its new gateway.
    case completed
    /// A drain moved some of what it was to move, and not all.
    case partly
    /// The other side or an operator said no.
    case refused
    /// An operator stopped it in time.
    case aborted
    case failed
    /// The plan moves no SA.
    case nothingToMove
}
