/// A moment by a gateway's clock.
package struct ClockTime: Hashable, Sendable, Comparable {
    /// Since 1970-01-01 00:00 UTC; 0 is "not known".
    package let milliseconds: UInt64

    /// The moment so many milliseconds after 1970-01-01 00:00 UTC.
    package init(milliseconds: UInt64) { self.milliseconds = milliseconds }

    /// The earlier one first.
    package static func < (left: ClockTime, right: ClockTime) -> Bool { left.milliseconds < right.milliseconds }
}
