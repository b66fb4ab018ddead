import ContextTransfer
import ForwardingPath
import IPsec

/// Contents of messages from a seed, each optional field there or not.
struct RandomMoves {
    var generator: SplitMix

    init(seed: UInt64) { generator = SplitMix(seed: seed) }

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
    mutating func maybe() -> Bool { below(2) == 0 }
    mutating func number() -> UInt64 { generator.next() >> UInt64(below(64)) }
    mutating func port() -> UInt16 { UInt16(truncatingIfNeeded: generator.next()) }
    mutating func duration() -> Duration { .milliseconds(Int64(number() >> 20)) }
    mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
    mutating func list<Value>(_ limit: Int, _ value: (inout RandomMoves) -> Value) -> [Value] {
        (0..<below(limit + 1)).map { _ in value(&self) }
    }

    mutating func text() -> String {
        pick(["", "a", "alice", "Zoë", "北京", "\u{0}\n", String(repeating: "x", count: 60)])
    }
    mutating func realm() -> Realm { Realm(text()) ?? .default }
    mutating func nodeName() -> NodeName { pick(["SG1", "SG2", "ar-1.example", "n_4"]) }
    mutating func role() -> MoveRole { pick(MoveRole.allCases) }

    mutating func address() -> IPAddress {
        let value = UInt128(generator.next()) << 64 | UInt128(generator.next())
        return switch below(4) {
        case 0: IPAddress(family: .v6, value: value)
        case 1: IPAddress(family: .v4, value: value).mapped
        default: IPAddress(family: .v4, value: value)
        }
    }

    mutating func range() -> AddressRange {
        let address = address()
        return AddressRange(prefix: address, length: below(address.family.bits + 1)) ?? AddressRange(address)
    }

    mutating func ports() -> ClosedRange<UInt16> {
        let (one, other) = (port(), port())
        return min(one, other)...max(one, other)
    }

    mutating func selector() -> TrafficSelector {
        TrafficSelector(
            source: range(), destination: range(), nextProtocol: maybe() ? UInt8(below(256)) : nil,
            sourcePorts: maybe() ? ports() : nil, destinationPorts: maybe() ? ports() : nil,
            name: maybe() ? text() : nil, sensitivityLevel: maybe() ? UInt8(below(256)) : nil,
            dscp: maybe() ? UInt8(below(64)) : nil)
    }

    mutating func suite() -> AlgorithmSuite { pick(AlgorithmSuite.allESP + AlgorithmSuite.allAH) }

    mutating func identifier(_ securityProtocol: SecurityProtocol? = nil) -> SAIdentifier {
        SAIdentifier(
            spi: SPI(UInt32(truncatingIfNeeded: generator.next()) | 256) ?? pick([]), destination: address(),
            securityProtocol: securityProtocol ?? pick(SecurityProtocol.allCases), realm: realm())
    }

    mutating func lifetime() -> Lifetime {
        Lifetime(
            seconds: maybe() ? number() : nil, bytes: maybe() ? number() : nil, packets: maybe() ? number() : nil)
    }

    mutating func windowSize() -> Int? { pick([nil, 32, 33, 64, 128, 1000, 4096]) }

    mutating func association() -> SecurityAssociation {
        let suite = suite()
        var attributes = StaticAttributes(mode: pick(ProtocolMode.standard), keys: KeyedSuite(random: suite))
        attributes.extendedSequenceNumbers = maybe()
        attributes.endsAtOverflow = maybe()
        attributes.copiesDSCP = maybe()
        attributes.dontFragment = pick(DontFragment.allCases)
        attributes.replayWindowSize = windowSize()
        (attributes.softLifetime, attributes.hardLifetime) = (lifetime(), lifetime())
        attributes.selectors = list(3) { $0.selector() }
        attributes.encapsulation = maybe() ? UDPEncapsulation(source: port(), destination: port()) : nil
        return SecurityAssociation(
            name: text(), user: text(), identifier: identifier(suite.securityProtocol), source: address(),
            direction: pick(Direction.allCases), attributes: attributes)
    }

    mutating func policy() -> Policy {
        var policy = Policy(
            name: text(), direction: pick(Direction.allCases), selectors: list(2) { $0.selector() },
            action: pick(PolicyAction.allCases), origin: maybe() ? .static : .user(text()),
            association: maybe() ? identifier() : nil)
        policy.priority = maybe() ? UInt32(truncatingIfNeeded: number()) : nil
        return policy
    }

    mutating func contexts(redirectsWhenAsked: Bool = false, _ identity: GatewayIdentity = .indirect) -> MoveContexts {
        var contexts = MoveContexts(
            associations: list(3) { random in
                AssociationContext(association: random.association(), policies: random.list(2) { $0.policy() })
            },
            profile: maybe() ? profile() : nil)
        contexts.redirectsWhenAsked = redirectsWhenAsked
        contexts.identity = identity
        contexts.spiConflict = maybe() ? pick(SPIConflictPolicy.allCases) : nil
        return contexts
    }

    mutating func window() -> ReplayWindow? {
        guard let size = windowSize() else { return nil }
        let highest = number()
        var bitmap = [UInt32](repeating: 0, count: (size + 31) / 32)
        for back in 0..<UInt64(size) where back < highest && (back == 0 || maybe()) {
            bitmap[Int(back / 32)] |= 1 << UInt32(back % 32)
        }
        return ReplayWindow(size: size, highest: SequenceNumber(highest), bitmap: bitmap)
    }

    mutating func dynamic() -> DynamicAttributes {
        var dynamic = DynamicAttributes()
        dynamic.lastSent = SequenceNumber(number())
        dynamic.window = window()
        dynamic.use = LifetimeUse(
            age: duration(), bytes: maybe() ? number() : 0, packets: maybe() ? number() : 0)
        dynamic.renamings = maybe() ? UInt32(truncatingIfNeeded: number()) : 0
        dynamic.installs = maybe() ? UInt32(truncatingIfNeeded: number()) : 1
        dynamic.pathMTU = maybe() ? PathMTU(octets: max(68, port()), age: duration()) : nil
        return dynamic
    }

    mutating func reason() -> MoveReason {
        pick([
            .spiInUse, .unsupported(text()), .noCapacity, .noAssociation, .associationChanged, .expired,
            .notApproved(by: text()), .aborted(by: text()), .timeout(role()), .restarted(role()), .unknownMove, .busy,
            .failure(text()), .groupFailed, .outdated, .notAuthorized, .policyInUse(text()),
        ])
    }

    mutating func offer(_ subject: MoveSubject) -> MoveOffer {
        var offer = MoveOffer(
            subject: maybe() ? subject : MoveSubject(address: address(), realm: realm()),
            associations: list(3) { $0.association(offered: ()) }, needsApproval: maybe(), requestedBy: text(),
            group: maybe() ? MoveID(UInt128(generator.next())) : nil)
        offer.identity = pick(GatewayIdentity.allCases)
        offer.spiConflict = maybe() ? pick(SPIConflictPolicy.allCases) : nil
        offer.drain = maybe() ? MoveID(UInt128(generator.next())) : nil
        return offer
    }

    mutating func association(offered: Void) -> AssociationOffer {
        let identifier = identifier()
        let foreign = AlgorithmSuite.Foreign(name: text(), securityProtocol: identifier.securityProtocol)
        return AssociationOffer(
            name: text(), identifier: identifier, suite: maybe() ? AlgorithmSuite(foreign: foreign) : suite(),
            mode: pick(ProtocolMode.allCases),
            extendedSequenceNumbers: maybe(), replayWindowSize: windowSize())
    }

    mutating func summary() -> AssociationSummary {
        AssociationSummary(
            offer: association(offered: ()), source: address(), direction: pick(Direction.allCases), user: text(),
            pathMTU: maybe() ? port() : nil, contextOctets: maybe() ? UInt32(truncatingIfNeeded: number()) : nil,
            selectors: list(2) { $0.selector() },
            obstacle: maybe() ? MoveObstacle(text(), endsWithRenewal: maybe()) : nil)
    }

    mutating func profile() -> UserProfile {
        UserProfile(user: text(), suites: list(4) { $0.suite() }, modes: list(3) { $0.pick(ProtocolMode.standard) })
    }

    mutating func question() -> PathQuestion {
        PathQuestion(
            plane: pick(Plane.allCases), previous: list(5) { $0.nodeName() },
            associations: list(3) { random in
                KnownAssociation(
                    random.summary(), at: random.nodeName(), farPlace: random.maybe() ? random.nodeName() : nil)
            }, profiles: list(2) { $0.profile() })
    }

    mutating func gatewayName() -> GatewayName { GatewayName(spi: identifier().spi, address: address()) }

    mutating func verdicts() -> [Verdict] {
        list(3) { $0.pick([.accepted, .renamed($0.gatewayName()), .refused($0.reason())]) }
    }

    static let messageCount = 27

    /// A message of the `kind`-th case.
    mutating func message(_ kind: Int, _ subject: MoveSubject) -> MoveMessage {
        switch kind {
        case 0: .query(offer(subject))
        case 1: .prepare(contexts(redirectsWhenAsked: maybe(), pick(GatewayIdentity.allCases)))
        case 2: .transfer(list(3) { $0.dynamic() }, elapsed: .milliseconds(Int64(UInt32(number() >> 32))))
        case 3: .cancel(reason())
        case 4: .inquire
        case 5: .destroy
        case 6: .release
        case 7: .answer(verdicts())
        case 8: .approved(by: text())
        case 9: .prepared(verdicts())
        case 10: .settled(pick([.installed, .cancelled(reason()), .lost]))
        case 11: .redirected
        case 12: .destroyed
        case 13: .released
        case 14: .collect(list(3) { $0.identifier() })
        case 15: .collected(contexts())
        case 16: .quiesce
        case 18:
            .request(
                MoveRequest(
                    offer: offer(subject), approval: maybe() ? nil : pick(ApprovalPolicy.allCases), stepping: maybe()))
        case 19: .survey
        case 20: .surveyed(list(3) { $0.summary() })
        case 21: .abandon(reason())
        case 22:
            .update(
                list(3) {
                    GatewayUpdate(
                        identifier: $0.identifier(), name: $0.gatewayName(),
                        order: UInt32(truncatingIfNeeded: $0.number()))
                })
        case 23: .updated(maybe() ? reason() : nil)
        case 24: .seek(question())
        case 25: .found(pick(Plane.allCases), list(5) { $0.nodeName() })
        case 17: .closed(pick([.released, .kept, .ended]))
        default: .refused(reason())
        }
    }

    mutating func envelope(_ kind: Int) -> MoveEnvelope {
        let subject = MoveSubject(address: address(), realm: realm())
        let (sender, receiver) = (role(), role())
        let hasMobile = sender == .mobile || receiver == .mobile || maybe()
        let route = MoveRoute(
            holder: nodeName(), source: nodeName(), target: nodeName(), taker: nodeName(),
            mobile: hasMobile ? nodeName() : nil)
        return MoveEnvelope(
            id: MoveID(UInt128(generator.next()) << 64 | UInt128(generator.next())), subject: subject, route: route,
            sender: sender, receiver: receiver, message: message(kind, subject))
    }
}
