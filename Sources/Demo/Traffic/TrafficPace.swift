/// When the packets of a flow are due: a value, which is told the time.
///
/// After a stall what is overdue comes in small batches, and only the newest of it: what a busy machine could not send in
/// time is left out, and so was never sent.
package struct TrafficPace: Hashable, Sendable {
    /// The most packets at once: those of 10 milliseconds.
    private let batch: Int
    /// The most packets that may be overdue: those of 100 milliseconds.
    private let arrears: Int
    private let rate: Int
    /// How many packets are sent or left out.
    private var settled = 0

    /// - Parameter rate: In packets a second, at least 1.
    package init(rate: Int) {
        precondition(rate > 0, "A flow without packets has no pace.")
        (self.rate, batch, arrears) = (rate, max(1, rate / 100), max(1, rate / 10))
    }

    /// When the next packet is due, since the flow began.
    package var next: Duration {
        let (seconds, rest) = settled.quotientAndRemainder(dividingBy: rate)
        return .seconds(seconds) + .nanoseconds((rest * 1_000_000_000 + rate - 1) / rate)
    }

    /// How many packets to send at once, `elapsed` after the flow began; they count as sent.
    package mutating func take(at elapsed: Duration) -> Int {
        let (seconds, attoseconds) = elapsed.components
        let due = Int(seconds) * rate + Int(attoseconds / 1_000_000_000) * rate / 1_000_000_000 + 1
        settled = max(settled, due - arrears)
        let count = max(0, min(due - settled, batch))
        settled += count
        return count
    }
}
