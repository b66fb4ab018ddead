/// How a console behaves, as its user wants it.
package struct ConsoleOptions: Hashable, Sendable {
    /// How long it stays armed.
    package var armedMinutes: Int
    /// Whether it is armed from the start: the demo is.
    package var opensArmed: Bool
    /// Whether the moves that it orders wait for a key before each phase outside the pause.
    package var stepping: Bool
    /// What is added to UTC for the times that are shown, in seconds.
    package var secondsFromUTC: Int
    /// What to watch in the scenario that is played; empty where none is.
    package var lesson: String

    /// As usual unless told otherwise.
    package init(
        armedMinutes: Int = 10, opensArmed: Bool = false, stepping: Bool = false, secondsFromUTC: Int = 0,
        lesson: String = ""
    ) {
        (self.armedMinutes, self.opensArmed) = (armedMinutes, opensArmed)
        (self.stepping, self.secondsFromUTC) = (stepping, secondsFromUTC)
        self.lesson = lesson
    }
}
