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
        // Each move takes them again.
        if let range = expectation.messages {
            let range = range.lowerBound * moves...range.upperBound * moves
            expect(
                range.contains(signalling.messages),
                "\(signalling.messages) messages were sent, not \(Self.words(range))")
        }
        if let range = expectation.mobileNodeMessages {
            let range = range.lowerBound * moves...range.upperBound * moves
            expect(
                range.contains(signalling.mobileNodeMessages),
                "\(signalling.mobileNodeMessages) messages went to or from mobile nodes, not \(Self.words(range))")
        }
        expect(
            rounds == moves || outcome != .completed,
            "only \(rounds) of \(moves) moves were made: after that no gateway had an SA to move")
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
                let at = moves.isMultiple(of: 2) ? association.origins : given
                expect(
                    association.at == at.sorted(),
                    "\(expected.name) is at \(association.at.map(\.text)), not at \(at.map(\.text))")
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
