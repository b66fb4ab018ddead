/// What the lab found of a move after which the mobile node is told another gateway.
struct DirectReport: Codable {
    var sent = 0
    var lost = 0
    var duplicated = 0
    /// Until the mobile node's SAs had their new ends, from the order on, in milliseconds.
    var toldMilliseconds = 0.0
    /// What must not be, as sentences.
    var faults: [String] = []

    /// Notes what must not be.
    mutating func check(_ isGood: Bool, _ fault: @autoclosure () -> String) {
        if !isGood { faults.append("direct: " + fault()) }
    }
}
