import GatewayAPI

/// A gateway's clock less ours, found out from the times that its messages tell.
///
/// What a message took on its way, and waited for us, makes the gateway's clock look behind. So the greatest difference
/// of the last minutes is the truest; older ones are forgotten, for a clock may be set back.
struct ClockSkew: Equatable {
    /// In milliseconds, ahead of us is positive; `nil` until it has told the time.
    var milliseconds: Int64? { [best, former].compactMap(\.self).max() }
    /// What to correct times by, in milliseconds: nothing while it may be no more than the way of a message.
    var correction: Int64 { (milliseconds?.magnitude ?? 0) >= Self.noise ? milliseconds ?? 0 : 0 }

    /// Below it, in milliseconds, it tells nothing.
    static let noise: UInt64 = 100

    /// The greatest since ``since``, and of the minute before.
    private var best: Int64?
    private var former: Int64?
    private var since = ClockTime(milliseconds: 0)

    private static let minute: UInt64 = 60_000

    /// Takes in a message that told `clock` and came at `now`.
    mutating func notice(_ clock: ClockTime, at now: ClockTime) {
        let told = Int64(clamping: clock.milliseconds) - Int64(clamping: now.milliseconds)
        if best == nil || Span.milliseconds(from: since, to: now) >= Self.minute {
            (former, best, since) = (best, nil, now)
        }
        best = max(best ?? told, told)
    }
}
