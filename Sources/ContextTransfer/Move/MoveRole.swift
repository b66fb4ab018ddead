/// The four parties of a move (DESIGN section 4); one node may play two of them.
package enum MoveRole: UInt8, Hashable, Sendable, CaseIterable {
    /// Where the SAs are.
    case holder = 1
    /// The previous access router: leads the move.
    case source = 2
    /// The new access router: hands the contexts on.
    case target = 3
    /// Where the SAs go.
    case taker = 4

    /// `holder`, `previous router`, `new router` or `taker`.
    package var name: String {
        switch self {
        case .holder: "holder"
        case .source: "previous router"
        case .target: "new router"
        case .taker: "taker"
        }
    }
}
