package import GatewayAPI

/// The rate of a counter, from its values at times of the gateway's clock.
///
/// A value is taken over about a second, so that batches which come in quick succession do not make it jump.
package struct RateMeter: Hashable, Sendable {
    /// When the counter last came.
    package private(set) var last: ClockTime?
    private var base: Base?
    private var measured: Double?

    /// Before the first value.
    package init() {}

    /// Takes a value; returns the rate when one was measured with it.
    @discardableResult
    package mutating func count(_ count: UInt64, at clock: ClockTime) -> Double? {
        last = clock
        guard let start = base, count >= start.count, clock >= start.clock else {
            (base, measured) = (Base(clock: clock, count: count), nil)
            return nil
        }
        let elapsed = clock.milliseconds - start.clock.milliseconds
        guard elapsed >= 900 else { return nil }
        let rate = Double(count - start.count) * 1000 / Double(elapsed)
        (base, measured) = (Base(clock: clock, count: count), rate)
        return rate
    }

    /// For each second; 0 when the counter has not come for three seconds, `nil` while it is not known.
    package func rate(at clock: ClockTime) -> Double? {
        guard let last, let measured else { return nil }
        return clock > last.advanced(by: 3000) ? 0 : measured
    }

    /// One value with its time.
    private struct Base: Hashable, Sendable {
        let clock: ClockTime
        let count: UInt64
    }
}
