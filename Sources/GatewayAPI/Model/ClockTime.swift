/// A moment by a gateway's clock.
package struct ClockTime: Hashable, Sendable, Comparable {
    /// Since 1970-01-01 00:00 UTC; 0 is "not known".
    package let milliseconds: UInt64

    /// The moment so many milliseconds after 1970-01-01 00:00 UTC.
    package init(milliseconds: UInt64) { self.milliseconds = milliseconds }

    /// So much later, or earlier; held to what can be told.
    package func advanced(by milliseconds: Int64) -> ClockTime {
        let (moved, overflows) =
            milliseconds < 0
            ? self.milliseconds.subtractingReportingOverflow(milliseconds.magnitude)
            : self.milliseconds.addingReportingOverflow(milliseconds.magnitude)
        return ClockTime(milliseconds: overflows ? (milliseconds < 0 ? 0 : .max) : moved)
    }

    /// The earlier one first.
    package static func < (left: ClockTime, right: ClockTime) -> Bool { left.milliseconds < right.milliseconds }
}
