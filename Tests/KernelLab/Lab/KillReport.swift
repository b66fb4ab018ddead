/// What came of a `ferryd` that was killed, or asked to end, in a phase of a move.
struct KillReport: Codable {
    var party: String
    var phase: String
    /// Whether it was asked to end, and not killed.
    var isStop: Bool
    /// SAs that are in force nowhere.
    var lost: Int
    /// SAs that are in force at both gateways.
    var doubled: Int
    var packetsLost: Int
    /// Packets that passed on MN's link unprotected.
    var clear: Int
    /// Packets of some that were sent when all was over, and did not arrive.
    var lostAfterwards: Int
    /// Where the SAs are in the end: PR, NR, both where each address of MN's moved by itself, or nowhere.
    var place: String
    /// The gateways that answer for the address by which MN knows them.
    var answering: [String]
    /// Whether somebody was asked to negotiate anew.
    var isRenegotiationAsked: Bool

    /// What must not be, as sentences.
    var faults: [String] {
        let name = "\(party) \(isStop ? "stopped" : "killed") in \(phase)"
        var faults: [String] = []
        if doubled > 0 { faults.append("\(name): \(doubled) SAs are in force twice") }
        if lost > 0, isStop { faults.append("\(name): \(lost) SAs are in force nowhere") }
        if lost > 0, !isRenegotiationAsked {
            faults.append("\(name): \(lost) SAs are in force nowhere, and nobody is asked to negotiate anew")
        }
        if answering.count != 1 { faults.append("\(name): \(answering) answer for the address") }
        if clear > 0 { faults.append("\(name): \(clear) packets were sent in the clear") }
        if lost == 0, lostAfterwards > 0 {
            faults.append("\(name): \(lostAfterwards) packets were lost when all was over")
        }
        return faults
    }
}
