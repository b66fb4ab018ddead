/// The parties of a move (DESIGN section 4), of which one node may play two; and the mobile node, where it has to be told.
package enum MoveRole: UInt8, Hashable, Sendable, CaseIterable {
    /// Where the SAs are.
    case holder = 1
    /// The previous access router: leads the move.
    case source = 2
    /// The new access router: hands the contexts on.
    case target = 3
    /// Where the SAs go.
    case taker = 4
    /// The far end of the SAs, where it is a mobile node that has to be told of the new gateway.
    case mobile = 5

    /// `holder`, `previous router`, `new router`, `taker` or `mobile node`.
    package var name: String {
        switch self {
        case .holder: "holder"
        case .source: "previous router"
        case .target: "new router"
        case .taker: "taker"
        case .mobile: "mobile node"
        }
    }
}
