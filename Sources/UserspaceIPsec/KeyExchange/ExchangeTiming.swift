/// How long the ends of a negotiation wait.
package struct ExchangeTiming: Hashable, Sendable {
    /// Between a message and its repetition.
    package var retry = Duration.milliseconds(500)
    /// The number of messages without an answer after which an end gives up what it still may.
    package var attempts = 10
    /// The number of messages without an answer after which a responder that has agreed takes the initiator for gone: with the
    /// growing pauses 20 seconds, longer than an initiator waits for whoever has to be ready before it.
    package var patience = 14
    /// The number of messages without an answer after which an initiator that uses the new SAs has an operator told, and asks
    /// less often: with the growing pauses five minutes (RFC 7296 section 2.4: several minutes, and at least a dozen times).
    package var endurance = 50
    /// How long old SAs still receive what was under way when the new ones took their place.
    package var linger = Duration.seconds(1)
    /// Between two messages at most, however long nobody has answered.
    package var longestPause = Duration.seconds(60)

    package init() {}

    /// The longer nobody answers, the less often it is asked: at least every 16 retries for as long as ``endurance`` says, then
    /// ever less up to the longest pause.
    package func pause(after attempts: Int) -> Duration {
        let doublings = min(max(0, attempts - self.attempts), 4) + min(max(0, attempts - endurance), 8)
        return min(retry * (1 << doublings), longestPause)
    }
}
