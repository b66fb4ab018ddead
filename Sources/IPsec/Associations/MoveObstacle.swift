/// Why an SA cannot leave its stack: something of it could not be made the same elsewhere, or would not be safe there.
package struct MoveObstacle: Hashable, Sendable {
    /// A sentence without full stop.
    package var reason: String
    /// Whether a new SA in its place has no such obstacle, so that it is negotiated anew where it would have moved.
    package var endsWithRenewal: Bool

    package init(_ reason: String, endsWithRenewal: Bool = false) {
        (self.reason, self.endsWithRenewal) = (reason, endsWithRenewal)
    }
}
