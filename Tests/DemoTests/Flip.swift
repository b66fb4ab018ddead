import ConfigurationFiles
import ForwardingPath
import IPsec

/// An expectation with one thing wrong that a scenario's own names, or that holds where it is silent.
struct Flip {
    /// The property that is turned round.
    let key: String
    let expectation: ConfigurationFiles.Expectation

    /// One for each thing.
    static func all(of expectation: ConfigurationFiles.Expectation) -> [Flip] {
        var flips: [Flip] = []
        func flip(_ key: String, _ change: (inout ConfigurationFiles.Expectation) -> Void) {
            var wrong = expectation
            change(&wrong)
            flips.append(Flip(key: key, expectation: wrong))
        }
        flip("outcome") { $0.outcome = $0.outcome == .failed ? .aborted : .failed }
        // Those that are told even where a file is silent.
        flip("lost") { $0.lost = beyond($0.lost ?? 0...0) }
        flip("duplicated") { $0.duplicated = beyond($0.duplicated ?? 0...0) }
        flip("replayAccepted") { $0.replayAccepted = beyond($0.replayAccepted ?? 0...0) }
        if expectation.replayOffered != nil { flip("replayOffered") { $0.replayOffered = many } }
        if expectation.pause != nil { flip("pause") { $0.pause = .zero } }
        if let count = expectation.completed { flip("completed") { $0.completed = count + 1 } }
        if let count = expectation.refused { flip("refused") { $0.refused = count + 1 } }
        for (node, count) in expectation.counts { flip("counts") { $0.counts[node] = count + 1 } }
        if let count = expectation.requests { flip("requests") { $0.requests = count + 1 } }
        if let count = expectation.refusals { flip("refusals") { $0.refusals = count + 1 } }
        if let range = expectation.messages { flip("messages") { $0.messages = beyond(range) } }
        if let range = expectation.mobileNodeMessages {
            flip("mobileNodeMessages") { $0.mobileNodeMessages = beyond(range) }
        }
        for (index, policy) in expectation.policies.enumerated() {
            flip("policies") { $0.policies[index].at = ["nowhere"] }
            flip("policies") { $0.policies[index].at += policy.at }
            flip("policies") { $0.policies.remove(at: index) }
            if let isStatic = policy.isStatic { flip("isStatic") { $0.policies[index].isStatic = !isStatic } }
        }
        // Of thousands that are all alike, some will do.
        let all = expectation.associations.indices
        for index in Array(all.prefix(5)) + all.dropFirst(5).suffix(10) {
            for (key, wrong) in wrongs(of: expectation.associations[index]) {
                flip(key) { $0.associations[index] = wrong }
            }
        }
        return flips
    }

    /// More than there is of anything in a demo.
    private static let many = 10_000_000

    /// What a number that is in the range is not in.
    private static func beyond(_ range: ClosedRange<Int>) -> ClosedRange<Int> { range.upperBound + 1...many }

    private static func wrongs(of right: AssociationExpectation) -> [(key: String, AssociationExpectation)] {
        var wrongs: [(key: String, AssociationExpectation)] = []
        func flip(_ key: String, _ change: (inout AssociationExpectation) -> Void) {
            var wrong = right
            change(&wrong)
            wrongs.append((key, wrong))
        }
        if let type = right.type { flip("type") { $0.type = type == .known(.four) ? .known(.one) : .known(.four) } }
        if let action = right.action { flip("action") { $0.action = action == .conflict ? .pending : .conflict } }
        if let outcome = right.outcome { flip("outcome") { $0.outcome = outcome == .refused ? .moved : .refused } }
        if right.at != nil { flip("at") { $0.at = ["nowhere"] } }
        if right.oneOf != nil { flip("oneOf") { $0.oneOf = ["nowhere"] } }
        if let spi = right.spi { flip("spi") { $0.spi = spi == .kept ? .changed : .kept } }
        if let octets = right.pathMTU { flip("pathMTU") { $0.pathMTU = octets + 1 } }
        if right.suite != nil { flip("suite") { $0.suite = AlgorithmSuite(ah: .hmacSHA512) } }
        if right.lastSent != nil { flip("lastSent") { $0.lastSent = .max } }
        if right.gatewayAddress != nil { flip("gatewayAddress") { $0.gatewayAddress = IPAddress(v4: 192, 0, 2, 255) } }
        return wrongs
    }
}
