import Foundation
import GatewayAPI

extension ClockTime {
    /// The moment by this machine's clock.
    static var now: ClockTime { ClockTime(milliseconds: UInt64(max(0, Date().timeIntervalSince1970 * 1_000))) }

    /// When it was that moment by this machine's clock, as the clock is set now.
    init(_ instant: ContinuousClock.Instant) {
        let age = UInt64(max(0, (.now - instant) / .milliseconds(1)))
        self.init(milliseconds: Self.now.milliseconds - min(age, Self.now.milliseconds))
    }
}
