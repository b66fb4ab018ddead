package import ConfigurationFiles
import ForwardingPath
import IPsec

extension DemoReport {
    /// What is not as the scenario expects, each a sentence without full stop; empty when all is.
    ///
    /// - Parameter moves: how many moves were to be made; after an even number the SAs have to be back where they were.
    package func differences(from expectation: Expectation, moves: Int = 1) -> [String] {
        var differences: [String] = []
        func expect(_ holds: Bool, _ sentence: @autoclosure () -> String) {
            if !holds { differences.append(sentence()) }
        }
        expect(
            outcome == expectation.outcome,
            "the outcome is \(outcome.rawValue), not \(expectation.outcome.rawValue)"
                + (reason.isEmpty ? "" : ": \(reason)"))
        let lost = traffic.reduce(0) { $0 + $1.lost }
        let duplicated = traffic.reduce(0) { $0 + $1.duplicated }
        expect(
            (expectation.lost ?? 0...0).contains(lost),
            "\(lost) packets were lost, not \(Self.words(expectation.lost ?? 0...0))")
        expect(
            (expectation.duplicated ?? 0...0).contains(duplicated),
            "\(duplicated) packets were accepted twice, not \(Self.words(expectation.duplicated ?? 0...0))")
        if let count = expectation.replayOffered {
            expect(replay.offered >= count, "\(replay.offered) captured packets were replayed, not at least \(count)")
        }
        expect(
            (expectation.replayAccepted ?? 0...0).contains(replay.accepted),
            "\(replay.accepted) replayed packets were accepted, not \(Self.words(expectation.replayAccepted ?? 0...0))")
        if let limit = expectation.pause {
            expect(pause.percentile(0.99) <= limit, "the pause was \(pause.percentile(0.99)), not at most \(limit)")
        }
        if let count = expectation.requests {
            expect(requests == count, "\(requests) requests were granted, not \(count)")
        }
        if let count = expectation.refusals {
            expect(refusals == count, "\(refusals) requests were refused, not \(count)")
        }
        differences += signallingDifferences(from: expectation)
        expect(
            rounds.count == moves || outcome != .completed,
            "only \(rounds.count) of \(moves) moves were made: after that no gateway had an SA to move")
        expect(reused == 0, "\(reused) sequence numbers were sent twice under one key")
        for flow in traffic { expect(flow.sent > 0, "no packet was sent from \(flow.from) to \(flow.to)") }
        differences += leftovers
        let mayEnd = Set(expectation.associations.filter { $0.outcome == .ended }.map(\.name))
        for association in associations {
            expect(!association.isDoubled, "\(association.name) is in force at several gateways: \(association.at)")
            let isExpected = mayEnd.contains(association.name)
            expect(association.outcome != .ended || isExpected, "\(association.name) is in force nowhere")
        }
        for (node, count) in expectation.counts.sorted(by: { $0.key < $1.key }) {
            let there = associations.count { $0.at.contains(node) }
            expect(there == count, "\(there) SAs are at \(node), not \(count)")
        }
        if let count = expectation.completed {
            expect(completed == count, "\(completed) moves were completed, not \(count)")
        }
        if let count = expectation.refused {
            expect(refused == count, "\(refused) moves ended otherwise, not \(count)")
        }
        // The file tells of the first move; those after it go back and forth.
        let (first, isRepeated) = (rounds.count > 1 ? rounds[0].associations : associations, rounds.count > 1)
        differences += Self.differences(of: first, from: expectation, after: isRepeated ? "after the first move " : "")
        differences += Self.differences(
            of: rounds.count > 1 ? rounds[0].policies : policies, from: expectation.policies)
        if isRepeated { differences += lastDifferences(from: expectation) }
        return differences
    }

    /// Whether all moves did what the first one did, with the same SAs.
    private var isUniform: Bool { rounds.allSatisfy { $0.done == rounds[0].done } }

    /// What the moves after the first one may not be judged by, for a person; empty where they are alike.
    package var remarks: [String] {
        guard rounds.count > 1, !isUniform else { return [] }
        let others = rounds.indices.filter { rounds[$0].done != rounds[0].done }.map { "\($0 + 1)" }
        let (word, verb) = others.count == 1 ? ("move", "does") : ("moves", "do")
        return [
            "\(word) \(others.joined(separator: ", ")) \(verb) other things with the SAs than the first: how many messages "
                + "are expected is said of the first alone"
        ]
    }

    /// What the messages differ in: those of all moves, or where some do other things than the first, of those that do not.
    private func signallingDifferences(from expectation: Expectation) -> [String] {
        let alike = rounds.filter { $0.done == rounds[0].done }
        let times = max(1, alike.count)
        let (messages, mobileNodeMessages) =
            isUniform
            ? (signalling.messages, signalling.mobileNodeMessages)
            : (alike.reduce(0) { $0 + $1.messages }, alike.reduce(0) { $0 + $1.mobileNodeMessages })
        var differences: [String] = []
        if let range = expectation.messages.map({ $0.lowerBound * times...$0.upperBound * times }),
            !range.contains(messages)
        {
            differences.append("\(messages) messages were sent, not \(Self.words(range))")
        }
        if let range = expectation.mobileNodeMessages.map({ $0.lowerBound * times...$0.upperBound * times }),
            !range.contains(mobileNodeMessages)
        {
            differences.append(
                "\(mobileNodeMessages) messages went to or from mobile nodes, not \(Self.words(range))")
        }
        return differences
    }

    /// What must hold after every move, looked at after the last: where SAs and policies are, which after an even number is
    /// where they were, their algorithms, and SPIs that a move keeps.
    private func lastDifferences(from expectation: Expectation) -> [String] {
        let isBack = rounds.count.isMultiple(of: 2)
        let byName = Dictionary(associations.map { ($0.name, $0) }) { first, _ in first }
        var last = expectation.associations
        for index in last.indices {
            (last[index].type, last[index].action, last[index].outcome) = (nil, nil, nil)
            (last[index].pathMTU, last[index].lastSent, last[index].gatewayAddress) = (nil, nil, nil)
            if last[index].spi == .changed { last[index].spi = nil }
            if isBack {
                if last[index].at != nil { last[index].at = byName[last[index].name]?.origins }
                last[index].oneOf = nil
            }
        }
        var (whole, policies) = (expectation, expectation.policies)
        whole.associations = last
        if isBack {
            let before = Dictionary(policiesBefore.map { ($0.name, $0.at) }) { first, _ in first }
            for index in policies.indices { policies[index].at = before[policies[index].name] ?? [] }
        }
        return Self.differences(of: associations, from: whole, after: "after the last move ")
            + Self.differences(of: self.policies, from: policies)
    }

    private static func differences(of policies: [HeldPolicy], from expected: [PolicyExpectation]) -> [String] {
        guard !expected.isEmpty else { return [] }
        let byName = Dictionary(policies.map { ($0.name, $0) }) { first, _ in first }
        var differences: [String] = []
        for expectation in expected {
            let policy = byName[expectation.name]
            if policy?.at ?? [] != expectation.at.sorted() {
                differences.append(
                    "the policy \(expectation.name) is at \((policy?.at ?? []).map(\.text)), not at "
                        + "\(expectation.at.map(\.text))")
            }
            if let isStatic = expectation.isStatic, let policy, policy.isStatic != isStatic {
                differences.append(
                    "the policy \(expectation.name) is \(policy.isStatic ? "the operator's" : "a user's")")
            }
        }
        for policy in policies where !expected.contains(where: { $0.name == policy.name }) {
            differences.append("the policy \(policy.name) at \(policy.at.map(\.text)) is not expected")
        }
        return differences
    }

    private static func differences(
        of associations: [Association], from expectation: Expectation, after when: String
    ) -> [String] {
        var differences: [String] = []
        func expect(_ holds: Bool, _ sentence: @autoclosure () -> String) {
            if !holds { differences.append(when + sentence()) }
        }
        let byName = Dictionary(associations.map { ($0.name, $0) }) { first, _ in first }
        for expected in expectation.associations {
            guard let association = byName[expected.name] else {
                differences.append("there is no SA \(expected.name)")
                continue
            }
            if let type = expected.type {
                expect(
                    type.matches(association.type), "\(expected.name) has another type: \(Self.word(association.type))")
            }
            if let action = expected.action {
                expect(
                    association.action == action,
                    "the action for \(expected.name) is \(association.action.rawValue), not \(action.rawValue)")
            }
            if let outcome = expected.outcome {
                expect(
                    association.outcome == outcome,
                    "\(expected.name) is \(association.outcome.rawValue), not \(outcome.rawValue)")
            }
            if let nodes = expected.oneOf {
                expect(
                    association.at.count == 1 && association.at.allSatisfy(nodes.contains),
                    "\(expected.name) is at \(association.at.map(\.text)), not at one of \(nodes.map(\.text))")
            }
            if let spi = expected.spi {
                let isKept = association.before == association.after
                expect(
                    isKept == (spi == .kept),
                    "the SPI of \(expected.name) is \(isKept ? "as before" : "another"), not \(spi.rawValue)")
            }
            if let suite = expected.suite {
                expect(
                    association.suite == suite,
                    "\(expected.name) has \(association.suite?.name ?? "no algorithms"), not \(suite.name)")
            }
            if let address = expected.gatewayAddress {
                expect(
                    association.gatewayAddresses == [address],
                    "the gateway of \(expected.name) is known by \(association.gatewayAddresses.map(\.description)), "
                        + "not by \(address) alone")
            }
            if let number = expected.lastSent {
                expect(
                    (association.lastSent ?? 0) >= number,
                    "\(expected.name) has reached \(association.lastSent.map(String.init) ?? "no number"), not \(number)"
                )
            }
            if let octets = expected.pathMTU {
                expect(
                    association.pathMTU == octets,
                    "the path MTU of \(expected.name) is \(association.pathMTU.map(String.init) ?? "not known"), not \(octets)"
                )
            }
            if let given = expected.at {
                expect(
                    association.at == given.sorted(),
                    "\(expected.name) is at \(association.at.map(\.text)), not at \(given.map(\.text))")
            }
        }
        return differences
    }

    /// `at most 3`, `3`, or `2 to 8`.
    private static func words(_ range: ClosedRange<Int>) -> String {
        if range.lowerBound == range.upperBound { return "\(range.lowerBound)" }
        return range.lowerBound == 0
            ? "at most \(range.upperBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }

    private static func word(_ type: SAType?) -> String { type.map { "\($0.rawValue)" } ?? "none" }
}
