/// How long traffic stopped in one direction, beside that of strongSwan ending its SA and negotiating a new one.
struct GapReport: Codable {
    /// `a`: the delay is on MN's links, and 1 ms between the gateways; `b`: it is everywhere.
    var table: String
    /// Each way.
    var delayMilliseconds: Int
    /// The longest time between packets delivered, less that between packets sent; the longer one of both directions.
    var ferryMilliseconds: Double
    var strongswanMilliseconds: Double
    /// The same where nothing happens.
    var idleMilliseconds: Double
    /// Packets lost in the move of Ferry.
    var ferryLost: Int

    /// What must not be, as sentences.
    var faults: [String] {
        ferryLost > 0 ? ["gap \(table), \(delayMilliseconds) ms: \(ferryLost) packets were lost"] : []
    }
}
