/// Sequence numbers that were taken lately: so many of them, the oldest is forgotten first.
struct RecentNumbers {
    /// How many are remembered.
    static let limit = 1_000

    private var numbers: Set<UInt32> = []
    /// In a ring, from when it is full.
    private var order: [UInt32] = []
    private var oldest = 0

    /// Whether it is not one of them, which it is then.
    mutating func take(_ number: UInt32) -> Bool {
        guard numbers.insert(number).inserted else { return false }
        if order.count < Self.limit {
            order.append(number)
        } else {
            numbers.remove(order[oldest])
            order[oldest] = number
            oldest = (oldest + 1) % Self.limit
        }
        return true
    }
}
