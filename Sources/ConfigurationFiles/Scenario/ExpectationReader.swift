import ForwardingPath
import IPsec

/// Reads what a scenario expects.
struct ExpectationReader {
    let network: NetworkFile
    let timeline: [TimelineStep]
    let names: KnownNodes

    /// Where nothing is said, a move completes, or there is nothing to move, and nothing is lost.
    func read(_ value: YAMLValue?) throws(FileError) -> Expectation {
        let isIdle = timeline.isEmpty && network.plan.moving.isEmpty
        var expectation = Expectation(outcome: isIdle ? .nothingToMove : .completed)
        guard let value else { return expectation }
        let keys = [
            "outcome", "associations", "lost", "duplicated", "replay-offered", "replay-accepted", "pause", "counts",
            "moves", "messages", "mobile-node-messages", "requests", "refusals", "policies",
        ]
        let map = try value.mapping(keys: keys)
        if let outcome = try map["outcome"]?.choice(MoveOutcome.self, called: "outcome") {
            expectation.outcome = outcome
        }
        for item in try map["associations"]?.items() ?? [] {
            try add(item, to: &expectation.associations)
        }
        for item in try map["policies"]?.items() ?? [] { expectation.policies.append(try policy(item)) }
        expectation.lost = try map["lost"].map(most)
        expectation.duplicated = try map["duplicated"].map(most)
        expectation.replayOffered = try map["replay-offered"]?.integer(0...Int(Int32.max))
        expectation.replayAccepted = try map["replay-accepted"].map(most)
        for (key, value) in try map["counts"]?.entries() ?? [] {
            expectation.counts[try names.node(key)] = try value.integer(0...Int(Int32.max))
        }
        if let moves = try map["moves"]?.mapping(keys: ["completed", "refused"]) {
            expectation.completed = try moves["completed"]?.integer(0...Int(Int32.max))
            expectation.refused = try moves["refused"]?.integer(0...Int(Int32.max))
        }
        expectation.pause = try map["pause"]?.duration()
        expectation.requests = try map["requests"]?.integer(0...Int(Int32.max))
        expectation.refusals = try map["refusals"]?.integer(0...Int(Int32.max))
        expectation.messages = try map["messages"].map(range)
        expectation.mobileNodeMessages = try map["mobile-node-messages"].map(range)
        return expectation
    }

    /// The largest number that may be, or the smallest and the largest.
    private func most(_ value: YAMLValue) throws(FileError) -> ClosedRange<Int> {
        value.isList ? try range(value) : 0...(try value.integer(0...Int(Int32.max)))
    }

    /// A number, or the smallest and the largest: `[2, 8]`, where one may be repeated.
    private func range(_ value: YAMLValue) throws(FileError) -> ClosedRange<Int> {
        let limits = 0...Int(Int32.max)
        guard value.isList else {
            let number = try value.integer(limits)
            return number...number
        }
        let ends = try value.items()
        guard ends.count == 2 else {
            throw value.error(
                "\(value.path) has \(ends.count) numbers, and a range has two", fix: "Write it as [2, 8].")
        }
        let (lower, upper) = (try ends[0].integer(limits), try ends[1].integer(limits))
        guard lower <= upper else {
            throw value.error("\(value.path) ends before it begins", fix: "Write it as [\(upper), \(lower)].")
        }
        return lower...upper
    }

    /// What is expected of an SA, or of each that an entry with `count` stands for; what is said later of one counts.
    private func add(_ value: YAMLValue, to list: inout [AssociationExpectation]) throws(FileError) {
        let expectation = try association(value)
        let names = network.associations(named: expectation.name).map(\.name)
        if names.count == 1 { list.removeAll { $0.name == expectation.name } }
        for name in names {
            var own = expectation
            own.name = name
            list.append(own)
        }
    }

    private func association(_ value: YAMLValue) throws(FileError) -> AssociationExpectation {
        let map = try value.mapping(keys: [
            "name", "type", "action", "outcome", "at", "one-of", "path-mtu", "spi", "suite", "gateway-address",
            "last-sent",
        ])
        let named = try map.required("name", example: network.associations.first?.name ?? "up")
        let name = try named.name()
        guard !network.associations(named: name).isEmpty else {
            throw named.unknownAssociation(name, known: network.associations.map(\.name))
        }
        let types = SAType.allCases.map { (String($0.rawValue), ExpectedType.known($0)) } + [("unknown", .unknown)]
        var expectation = AssociationExpectation(
            name: name, type: try map["type"]?.word(called: "type", among: types),
            action: try map["action"]?.choice(PlannedAction.self, called: "action"),
            outcome: try map["outcome"]?.choice(AssociationOutcome.self, called: "outcome"),
            at: try map["at"].map { value throws(FileError) in try names.list(value) },
            spi: try map["spi"]?.choice(SPIOutcome.self, called: "outcome"),
            pathMTU: try map["path-mtu"].map { value throws(FileError) in UInt16(try value.integer(Link.mtus)) })
        expectation.suite = try map["suite"].map(suite)
        expectation.gatewayAddress = try map["gateway-address"].map { value throws(FileError) in try value.address() }
        expectation.lastSent = try map["last-sent"].map { value throws(FileError) in
            UInt64(try value.integer(0...Int.max))
        }
        expectation.oneOf = try map["one-of"].map { value throws(FileError) in try names.list(value) }
        return expectation
    }

    private func policy(_ value: YAMLValue) throws(FileError) -> PolicyExpectation {
        let map = try value.mapping(keys: ["name", "origin", "at"])
        let named = try map.required("name", example: "up in")
        let (name, known) = (named.rawText, policyNames)
        guard known.contains(name) else {
            throw named.error(
                "unknown policy \(QuotedText(name))\(named.inPath)",
                fix: "Known are \(known.joined(separator: ", ")).")
        }
        return PolicyExpectation(
            name: name,
            isStatic: try map["origin"]?.word(called: "origin", among: [("user", false), ("static", true)]),
            at: try names.list(try map.required("at", example: "[SG1]")))
    }

    /// The operator's, and those that come with SAs.
    private var policyNames: [String] {
        network.policies.filter { $0.association == nil }.map(\.name)
            + network.associations.filter { !$0.selectors.isEmpty }.flatMap { ["\($0.name) in", "\($0.name) out"] }
    }

    private func suite(_ value: YAMLValue) throws(FileError) -> AlgorithmSuite {
        guard let suite = AlgorithmSuite(name: value.rawText) else {
            throw value.error(
                "\(QuotedText(value.rawText))\(value.inPath) is no suite of algorithms",
                fix: "Write it like aes-gcm-16-256, aes-cbc-128-hmac-sha-1-96 or hmac-sha-256-128.")
        }
        return suite
    }
}
