/// An SA that a drain should have leave, and for which there is no move.
struct StuckAssociation {
    let name: String
    /// Whose it is; empty for nobody's.
    let user: String
    /// Why there is none, a sentence without full stop.
    let reason: String
}
