/// How long the ends of a negotiation wait.
package struct ExchangeTiming: Hashable, Sendable {
    /// Between a message and its repetition.
    package var retry = Duration.milliseconds(500)
    /// The number of messages without an answer after which an end gives up what it still may.
    package var attempts = 10
    /// The number of messages without an answer after which a responder that has agreed takes the initiator for gone: with the
    /// growing pauses 20 seconds, longer than an initiator waits for whoever has to be ready before it.
    package var patience = 14
    /// The number of messages without an answer after which an initiator that uses the new SAs asks no more: with the growing
    /// pauses five minutes (RFC 7296 section 2.4: several minutes, and at least a dozen times).
    package var endurance = 50
    /// How long old SAs still receive what was under way when the new ones took their place.
    package var linger = Duration.seconds(1)

    package init() {}

    /// The longer nobody answers, the less often it is asked, but at least every 16 retries.
    func pause(after attempts: Int) -> Duration { retry * (1 << min(max(0, attempts - self.attempts), 4)) }
}
