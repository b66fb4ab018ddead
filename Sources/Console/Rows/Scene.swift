import GatewayAPI
import Terminal

/// What a view needs besides the things that it shows: the time, and what the screen can draw.
struct Scene {
    /// All gateways, as they are shown: while frozen as they were then.
    let fleet: Fleet
    /// By our clock; while frozen the time when it began.
    let now: ClockTime
    /// What is added to UTC for the times that are shown.
    let secondsFromUTC: Int
    /// The screen's drawing characters.
    let glyphs: Glyphs

    /// The time of the day by our clock when a gateway's clock showed this.
    func time(_ clock: ClockTime, of gateway: GatewayLabel) -> String {
        DayTime.text(fleet[gateway]?.consoleTime(of: clock) ?? clock, secondsFromUTC: secondsFromUTC)
    }

    /// How long ago a moment of our clock was: `12 s`.
    func age(since moment: ClockTime) -> String {
        Span.coarse(seconds: Span.milliseconds(from: moment, to: now) / 1000)
    }
}
