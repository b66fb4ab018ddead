/// How long to wait before each attempt to connect: 50 ms, doubled each time, at most 2 s.
package struct Backoff: Hashable, Sendable {
    /// The first wait.
    package static let first = Duration.milliseconds(50)
    /// The longest wait; a connection that lasted as long was a good one.
    package static let longest = Duration.seconds(2)

    private var upcoming = Self.first

    /// Before the first attempt failed.
    package init() {}

    /// The wait after one more failure.
    package mutating func next() -> Duration {
        defer { upcoming = min(upcoming * 2, Self.longest) }
        return upcoming
    }
}
