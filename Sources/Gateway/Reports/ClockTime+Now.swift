import Foundation
import GatewayAPI

extension ClockTime {
    /// The moment by this machine's clock.
    static var now: ClockTime { ClockTime(milliseconds: UInt64(max(0, Date().timeIntervalSince1970 * 1_000))) }
}
