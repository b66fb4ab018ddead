/// What the lab found of the charons while their SAs were at NR.
struct CharonFindings: Codable {
    /// A child SA that was renewed under traffic.
    struct Renewal: Codable {
        var child: String
        /// Whose charon began it.
        var by: String
        var sent: Int
        var lost: Int
        var duplicated: Int
        var gapMilliseconds: Double
    }

    var renewals: [Renewal] = []
    /// How many IKE SAs were renewed.
    var ikeRenewals = 0
    /// How often MN's dead peer detection was answered.
    var deadPeerAnswers = 0
    /// The user's SAs negotiated by NR's own charon, under traffic, after which PR's ended.
    var takeover: Renewal?
    /// Whether SAs at NR ended when charon ended them.
    var ended = false
    /// Whether what MN negotiated anew after it was switched off and on went to NR, and packets came through it.
    var begun = false

    /// What NR's charon negotiates by itself is no move: it changes SAs and policies one after the other, and a few packets may be
    /// lost, which are told.
    private static let allowance = 20

    /// What must not be, as sentences.
    var faults: [String] {
        let all = renewals + [takeover].compactMap(\.self)
        return all.flatMap { renewal -> [String] in
            let what = "\(renewal.child) renewed by \(renewal.by)"
            return [
                renewal.sent < 1_000 ? "\(what): only \(renewal.sent) packets were sent" : nil,
                renewal.lost > (renewal.by == takeover?.by ? Self.allowance : 0)
                    ? "\(what): \(renewal.lost) packets were lost" : nil,
                renewal.duplicated > 0 ? "\(what): \(renewal.duplicated) packets came twice" : nil,
            ].compactMap(\.self)
        }
            + [
                ended ? nil : "an SA at NR did not end",
                begun ? nil : "packets were lost through what MN negotiated anew",
                takeover == nil ? "NR took nothing over" : nil,
            ].compactMap(\.self)
    }
}
