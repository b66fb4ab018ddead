import GatewayAPI

/// Whether the console may order anything: read-only until it is armed, and then for a while.
enum Arming: Hashable {
    /// Nothing can be ordered.
    case readOnly
    /// Until then.
    case armed(until: ClockTime)
    /// Until it is disarmed: in the demo.
    case armedForGood

    /// Whether orders are given at that time.
    func isArmed(at now: ClockTime) -> Bool {
        switch self {
        case .readOnly: false
        case .armed(let until): now < until
        case .armedForGood: true
        }
    }

    /// For the line at the top: `armed 9 m`.
    func word(at now: ClockTime) -> String {
        guard isArmed(at: now) else { return "read-only" }
        guard case .armed(let until) = self else { return "armed" }
        let seconds = (Span.milliseconds(from: now, to: until) + 999) / 1000
        return seconds <= 60 ? "armed \(seconds) s" : "armed \((seconds + 59) / 60) m"
    }
}
