/// How long traffic stopped in one direction, beside that of strongSwan ending its SA and negotiating a new one.
struct GapReport: Codable {
    /// `a`: the delay is on MN's links, and 1 ms between the gateways; `b`: it is everywhere.
    var table: String
    /// Each way.
    var delayMilliseconds: Int
    /// The longest time between packets delivered, less that between packets sent; the longer one of both directions: in the
    /// middle of all runs.
    var ferryMilliseconds = 0.0
    var strongswanMilliseconds = 0.0
    /// Of each run.
    var ferryRuns: [Double] = [] { didSet { ferryMilliseconds = Self.median(ferryRuns) } }
    var strongswanRuns: [Double] = [] { didSet { strongswanMilliseconds = Self.median(strongswanRuns) } }
    /// The same where nothing happens: the longest of all runs.
    var idleMilliseconds = 0.0
    /// Packets lost in the moves of Ferry.
    var ferryLost = 0

    init(table: String, delayMilliseconds: Int) { (self.table, self.delayMilliseconds) = (table, delayMilliseconds) }

    private static func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }

    /// What must not be, as sentences.
    var faults: [String] {
        ferryLost > 0 ? ["gap \(table), \(delayMilliseconds) ms: \(ferryLost) packets were lost"] : []
    }
}
