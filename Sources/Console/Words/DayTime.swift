import GatewayAPI

/// A time of the day: `14:02:11`.
enum DayTime {
    /// Hours, minutes and seconds, so many seconds from UTC; dashes when the time is not known.
    static func text(_ clock: ClockTime, secondsFromUTC: Int) -> String {
        guard clock.milliseconds > 0 else { return "--:--:--" }
        let total = Int64(clamping: clock.milliseconds / 1000) + Int64(secondsFromUTC)
        let second = ((total % 86_400) + 86_400) % 86_400
        return [second / 3600, second / 60 % 60, second % 60].map { ($0 < 10 ? "0" : "") + String($0) }
            .joined(separator: ":")
    }
}
