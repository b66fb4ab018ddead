extension Int {
    /// The nearest number within the limits.
    func heldTo(_ limits: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, limits.lowerBound), limits.upperBound)
    }
}
