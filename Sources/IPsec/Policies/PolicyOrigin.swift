/// Who made a policy, and so whether it moves (draft section 7.1).
package enum PolicyOrigin: Hashable, Sendable {
    /// The operator, for everybody: never moves.
    case `static`
    /// Made for one user: moves with the user's SAs.
    case user(String)
}
