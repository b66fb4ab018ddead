import Foundation
import GatewayAPI

extension ClockTime {
    /// ISO 8601 in UTC, with milliseconds.
    var text: String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

extension Duration {
    /// As a number of milliseconds.
    var milliseconds: Double { Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15 }
}

extension PhaseProgress {
    /// How long it took, in whole milliseconds; `nil` while it is under way.
    var milliseconds: UInt64? { end.map { $0.milliseconds - min($0.milliseconds, start.milliseconds) } }
}
