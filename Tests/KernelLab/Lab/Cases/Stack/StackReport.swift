/// What the lab found of the stack itself, against the real kernel.
struct StackReport: Codable {
    /// How many algorithm suites the kernel has.
    var suites = 0
    /// SAs that were installed, read again, and were the same.
    var same = 0
    /// How many SAs were listed of 20,000.
    var listed = 0
    /// And how many policies.
    var policiesListed = 0
    /// How often notifications were lost on purpose, and all was read again.
    var overruns = 0
    /// Kinds of SAs that were refused with what is not carried of them.
    var refused = 0
    /// Packets that were sent through SAs in force, and came.
    var delivered = 0
    /// Packets that were offered to a parked SA, at either end, and how many it took: by its counters and by what came.
    var parkedOffered = 0
    var parkedTaken = 0
    /// The counters of the kernel that grew while the SAs were parked.
    var parkedCounters: [String: Int] = [:]
    /// How long it took until a stack listed an SA that somebody else had added, in milliseconds.
    var noticedMilliseconds = 0.0
    /// What must not be, as sentences.
    var faults: [String] = []

    /// Notes what must not be.
    mutating func check(_ isGood: Bool, _ fault: @autoclosure () -> String) {
        if !isGood { faults.append("stack: " + fault()) }
    }
}
