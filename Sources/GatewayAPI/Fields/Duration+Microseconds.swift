extension Duration {
    /// That many microseconds; more than 292,000 years are not told apart.
    init(wholeMicroseconds count: UInt64) {
        self = .microseconds(Int64(clamping: count))
    }

    /// Whole microseconds, rounded down; 0 for a negative duration, the largest number for one that does not fit.
    var wholeMicroseconds: UInt64 {
        guard self > .zero else { return 0 }
        let (seconds, attoseconds) = components
        let (whole, overflows) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000)
        let (sum, carries) = whole.addingReportingOverflow(UInt64(attoseconds / 1_000_000_000_000))
        return overflows || carries ? .max : sum
    }
}
