/// What a watched gateway sends.
package struct WatchUpdate: Equatable, Sendable {
    /// Its clock when it sent this.
    package var clock: ClockTime
    /// What it sent.
    package var content: Content

    /// From its parts.
    package init(clock: ClockTime, _ content: Content) {
        (self.clock, self.content) = (clock, content)
    }

    /// A snapshot, or what changed since.
    package enum Content: Equatable, Sendable {
        /// Forget all that came before.
        case snapshot(GatewaySnapshot)
        /// In the order of their revisions.
        case changes([GatewayChange])
    }
}
