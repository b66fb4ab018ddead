import Foundation
import GatewayAPI

/// The console's clock: wall time when it started, and time since, so that it never goes back.
struct ConsoleClock: Sendable {
    private let wall = Date().timeIntervalSince1970
    private let start = ContinuousClock.now

    var now: ClockTime {
        ClockTime(milliseconds: UInt64(max(0, (wall + (ContinuousClock.now - start) / .seconds(1)) * 1_000)))
    }
}
