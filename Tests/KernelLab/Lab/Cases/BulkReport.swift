/// How fast many SAs move.
struct BulkReport: Codable {
    let count: Int
    let ferryPerSecond: Double
    let ipBatchPerSecond: Double
    /// How many the kernel alone moves, by the same messages from one process that does nothing else.
    let kernelPerSecond: Double
    /// How many were in force at the new gateway at the end.
    let inForce: Int
    /// How many the old one still had, in any form.
    let left: Int

    /// What must not be, as sentences.
    var faults: [String] {
        [
            inForce == count ? nil : "bulk: \(inForce) of \(count) SAs are in force at NR",
            left == 0 ? nil : "bulk: \(left) SAs are left at PR",
        ].compactMap(\.self)
    }
}
