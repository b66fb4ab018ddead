import IPsec
import UserspaceIPsec

/// Two ends of a pair of SAs that negotiate new ones over a network that loses, doubles, reorders and delays, and where
/// either may be restarted.
struct ExchangeWorld {
    /// One end: its machine, and what the machine had its owner do.
    struct End {
        var machine: ExchangeMachine?
        /// SAs in force beside the old ones.
        var new: [SAIdentifier: KeyedSuite] = [:]
        var sendsThroughNew = false
        var outcome: Outcome?
        var hasDeadline = false
        /// How often an operator was told that the other end does not answer.
        var alarms = 0
        /// Whether it was restarted, and lost all SAs.
        var isRestarted = false
    }

    enum Outcome: Equatable {
        case renewed
        case failed(KeyExchangeFailure)
    }

    static let id = KeyExchangeID(upper: 1, lower: 2)
    var generator: SeededGenerator
    var initiator = End()
    var responder = End()
    /// What is under way, and to whom.
    var messages: [(content: KeyExchangeMessage.Content, toResponder: Bool)] = []
    let templates: [AssociationTemplate]
    private(set) var violation: String?
    /// Whether the responder can turn its traffic to the new SAs.
    var responderTurns = true

    init(seed: UInt64, suites: [AlgorithmSuite], accepted: [AlgorithmSuite]) {
        var generator = SeededGenerator(seed: seed)
        let templates = Self.templates
        let proposals = templates.map {
            AssociationProposal(
                suites: suites, spi: $0.direction == .inbound ? SPI(.random(in: 256...9_999, using: &generator)) : nil)
        }
        (self.generator, self.templates, self.accepted) = (generator, templates, accepted)
        initiator.machine = .initiator(
            ExchangeInitiator(
                Self.id, from: "A", to: "B", templates: templates, proposals: proposals, key: EphemeralKey()))
        give(.start, toResponder: false)
    }

    private let accepted: [AlgorithmSuite]

    /// The old pair as the initiator has it.
    private static var templates: [AssociationTemplate] {
        let (a, b) = (IPAddress(v4: 192, 0, 2, 1), IPAddress(v4: 192, 0, 2, 2))
        return [(a, b, Direction.outbound, 0x1001), (b, a, .inbound, 0x2001)].compactMap { from, to, direction, spi in
            guard let spi = SPI(UInt32(spi)), let suite = AlgorithmSuite(esp: .aesCBC128, .hmacSHA1) else { return nil }
            return AssociationTemplate(
                SecurityAssociation(
                    name: direction.name, user: "A",
                    identifier: SAIdentifier(spi: spi, destination: to, securityProtocol: .esp), source: from,
                    direction: direction,
                    attributes: StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite))))
        }
    }

    mutating func give(_ input: ExchangeInput, toResponder: Bool) {
        var inputs = [input]
        while !inputs.isEmpty {
            for action in handle(inputs.removeFirst(), toResponder) {
                if let answer = perform(action, toResponder) { inputs.append(answer) }
            }
        }
    }

    private mutating func handle(_ input: ExchangeInput, _ isResponder: Bool) -> [ExchangeAction] {
        var end = isResponder ? responder : initiator
        defer { if isResponder { responder = end } else { initiator = end } }
        return end.machine?.handle(input) ?? unknown(input, &end, isResponder)
    }

    /// What an owner without a machine does with a message.
    private mutating func unknown(
        _ input: ExchangeInput, _ end: inout End, _ isResponder: Bool
    ) -> [ExchangeAction] {
        guard case .received(let content) = input else { return [] }
        switch content {
        case .hello(_, let share) where isResponder:
            let mirrored = templates.map { template in
                var template = template
                template.direction = template.direction == .inbound ? .outbound : .inbound
                return template
            }
            var machine = ExchangeResponder(
                Self.id, from: "A", to: "B", templates: mirrored, accepted: templates.map { _ in accepted },
                spis: mirrored.map {
                    $0.direction == .inbound ? SPI(.random(in: 10_000...19_999, using: &generator)) : nil
                }, share: share, key: EphemeralKey())
            let actions = machine.handle(.start)
            end.machine = .responder(machine)
            return actions
        case .proposal, .choice, .inUse: return [.send(.refused(.unknownExchange))]
        case .hello, .share, .usedToo, .refused: return []
        }
    }

    private mutating func perform(_ action: ExchangeAction, _ isResponder: Bool) -> ExchangeInput? {
        var end = isResponder ? responder : initiator
        defer { if isResponder { responder = end } else { initiator = end } }
        switch action {
        case .send(let content): messages.append((content, !isResponder))
        case .setDeadline(let duration): end.hasDeadline = duration != nil
        case .install(let associations):
            if Int.random(in: 0..<20, using: &generator) == 0 { return .failed }
            for association in associations { end.new[association.identifier] = association.attributes.keys }
            return .installed
        case .turn:
            if isResponder, !responderTurns { return .failed }
            end.sendsThroughNew = true
            return .turned
        case .alarm: end.alarms += 1
        case .withdraw: (end.new, end.sendsThroughNew) = ([:], false)
        case .report: end.outcome = .renewed
        case .fail(let failure): end.outcome = .failed(failure)
        case .end: if !end.sendsThroughNew { violation = "the old SAs ended before the new ones were used" }
        case .finish: end.hasDeadline = false
        }
        return nil
    }

    /// Restarts an end: its machine and its SAs are gone.
    mutating func restart(isResponder: Bool) {
        var end = End()
        end.isRestarted = true
        if isResponder { responder = end } else { initiator = end }
    }

    /// Does one thing; `false` where there is nothing to do. Without faults messages arrive in their order.
    mutating func step(withFaults: Bool) -> Bool {
        let deadlines = [false, true].filter { ($0 ? responder : initiator).hasDeadline }
        let die = Int.random(in: 0..<100, using: &generator)
        if withFaults, die == 0 {
            restart(isResponder: Bool.random(using: &generator))
        } else if !messages.isEmpty, !withFaults || die < 75 {
            let place = withFaults ? Int.random(in: messages.indices, using: &generator) : 0
            let (content, toResponder) = messages[place]
            let fate = withFaults ? Int.random(in: 0..<10, using: &generator) : 9
            if fate != 0 { messages.remove(at: place) }
            if fate != 1, fate != 2 { give(.received(content), toResponder: toResponder) }
        } else if let end = deadlines.randomElement(using: &generator) {
            give(.deadlinePassed, toResponder: end)
        } else if messages.isEmpty {
            return false
        }
        check()
        return true
    }

    /// What must always hold.
    private mutating func check() {
        for (identifier, keys) in initiator.new {
            if let other = responder.new[identifier], other != keys {
                violation = "two keys under \(identifier)"
            }
        }
        if initiator.sendsThroughNew, !responder.isRestarted, Set(initiator.new.keys) != Set(responder.new.keys) {
            violation = "the initiator sends through SAs that the responder does not have"
        }
        if responder.sendsThroughNew, !initiator.isRestarted, Set(initiator.new.keys) != Set(responder.new.keys) {
            violation = "the responder sends through SAs that the initiator does not have"
        }
    }
}
