import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Testing

@Suite("A plan after the new gateways were asked")
struct PlannerWordsTests {
    /// Figure 10 with another gateway, SG3, behind SG2 on the new path.
    private static let network = Network(
        nodes: Figure.network.nodes + [
            Node(name: "SG3", role: .securityGateway, addresses: [Figure.address(8)])
        ],
        paths: [
            PathPair(
                plane: .data, previous: ["MN", "PR", "SG1", "G", "RN"], next: ["MN", "NR", "SG2", "SG3", "G", "RN"])
        ])
    private let planner = GatewayPlanner(node: "SG1", network: network, planes: [:])
    private let pair = [Figure.status("up", 0x1001, .inbound), Figure.status("down", 0x2001, .outbound)]
        .compactMap(\.self)
    private static let gcm = AlgorithmSuite(esp: .aesGCM256)
    private static let chaCha = AlgorithmSuite(esp: .chaCha20Poly1305)
    private static let cbc = AlgorithmSuite(esp: .aesCBC128, .hmacSHA1)

    private static func word(
        _ suites: [AlgorithmSuite?], _ up: Verdict = .accepted, _ policy: SPIConflictPolicy = .deny
    ) -> TakerWord {
        TakerWord(verdicts: [up, .accepted], suites: suites.compactMap(\.self), spiConflict: policy)
    }

    private func plan(_ terms: PlanTerms) -> [PlannedAssociation] {
        planner.plan(planner.known(pair), to: nil, terms)
    }

    @Test("a gateway that lacks the algorithm is left out, and another one chosen")
    func another() {
        let planned = plan(PlanTerms(words: ["SG2": Self.word([Self.cbc]), "SG3": Self.word([Self.gcm])]))
        #expect(planned.map(\.action) == [.move, .move])
        #expect(planned.flatMap(\.relocations).map(\.to) == ["SG3", "SG3"])
    }

    @Test("with none left one that has something as good negotiates, and nothing weaker comes of it")
    func none() {
        let weak = Self.word([Self.cbc])
        var terms = PlanTerms(words: ["NR": weak, "SG2": weak, "SG3": weak])
        #expect(plan(terms).map(\.action) == [.conflict, .conflict])
        terms.profiles["MN"] = UserProfile(user: "MN", suites: [Self.gcm, Self.cbc].compactMap(\.self))
        #expect(plan(terms).map(\.action) == [.renegotiate, .renegotiate])
        #expect(plan(terms).flatMap(\.relocations).map(\.from) == ["SG1", "SG1"])
        terms.profiles["MN"] = UserProfile(user: "MN", suites: [Self.gcm].compactMap(\.self))
        #expect(plan(terms).map(\.action) == [.conflict, .conflict])
    }

    @Test(
        "an SPI in use is answered as the gateway says, or the order; a pair is one unit",
        arguments: [
            (.deny, nil, .conflict), (.renegotiate, nil, .renegotiate), (.deny, .renegotiate, .renegotiate),
            (.renegotiate, .deny, .conflict), (.reassign, nil, .move), (.deny, .reassign, .move),
            (.reassign, .deny, .conflict),
        ] as [(SPIConflictPolicy, SPIConflictPolicy?, PlannedAction)])
    func conflict(own: SPIConflictPolicy, ordered: SPIConflictPolicy?, action: PlannedAction) {
        let planned = plan(
            PlanTerms(words: ["SG2": Self.word([Self.gcm], .refused(.spiInUse), own)], spiConflict: ordered))
        #expect(planned.map(\.action) == [action, action])
        let why: PlanReason = .spiInUse(at: "SG2", ordered ?? own)
        let other: PlanReason = .goesWithConflict(of: "up", at: "SG2")
        // Of a pair that moves only the one whose SPI is in use gets another.
        #expect(planned.map(\.reason) == (action == .move ? [.spiReassigned(at: "SG2"), nil] : [why, other]))
    }

    @Test(
        "where both ends move the word of each gateway that takes one counts",
        arguments: [
            (nil, nil, .move), (.noCapacity, nil, .conflict), (nil, .noCapacity, .conflict),
            (.spiInUse, nil, .conflict),
            (nil, .spiInUse, .conflict), (nil, .unsupported("a window"), .conflict),
        ] as [(MoveReason?, MoveReason?, PlannedAction)])
    func bothEnds(router: MoveReason?, gateway: MoveReason?, action: PlannedAction) throws {
        let status = try #require(Figure.status("core", 0x1001, .inbound, peer: Figure.address(2)))
        func word(_ reason: MoveReason?) -> TakerWord {
            TakerWord(
                verdicts: [reason.map(Verdict.refused) ?? .accepted], suites: [Self.gcm].compactMap(\.self),
                spiConflict: .reassign)
        }
        let planned = planner.plan(
            planner.known([status]), to: nil, PlanTerms(words: ["NR": word(router), "SG2": word(gateway)]))
        #expect(planned.map(\.action) == [action])
        #expect(planned.flatMap(\.relocations).count == (action == .move ? 2 : 0))
    }

    @Test(
        "where no new SA can be negotiated the plan says so, and not that one will be",
        arguments: [
            (7, "SG1", .noDaemonAtOtherEnd), (1, "PR", .atAnotherGateway("SG1")), (2, "SG1", .bothEndsMove),
        ] as [(Int, NodeName, NegotiationObstacle)])
    func notNegotiated(peer: Int, planning: NodeName, obstacle: NegotiationObstacle) throws {
        let status = try #require(Figure.status("core", 0x1001, .inbound, peer: Figure.address(peer)))
        let known = KnownAssociation(AssociationSummary(status.association), at: "SG1")
        let word = Self.word([Self.gcm], .refused(.spiInUse), .renegotiate)
        let planned = GatewayPlanner(node: planning, network: Self.network, planes: [:]).plan(
            [known], to: nil, PlanTerms(words: ["SG2": word]))
        #expect(planned.map(\.reason) == [.spiNotNegotiated(at: "SG2", because: obstacle)])
        #expect(planned.map(\.action) == [.conflict])
    }

    @Test("only what the gateway receives gets another SPI")
    func outboundConflict() {
        let word = TakerWord(
            verdicts: [.accepted, .refused(.spiInUse)], suites: [Self.gcm].compactMap(\.self), spiConflict: .reassign)
        #expect(plan(PlanTerms(words: ["SG2": word])).map(\.action) == [.conflict, .conflict])
    }

    @Test("what the profile prefers is offered, and planned only where it is taken")
    func upgrade() throws {
        let better = try #require(Self.chaCha)
        var terms = PlanTerms(
            words: ["SG2": Self.word([Self.gcm, Self.chaCha])],
            profiles: ["MN": UserProfile(user: "MN", suites: [better, Self.gcm].compactMap(\.self))])
        let offered = plan(terms)
        #expect(offered.map(\.action) == [.move, .move])
        #expect(planner.upgrade(offered[0], planner.known(pair)[0], terms) == better)
        terms.upgrade = true
        #expect(plan(terms).map(\.action) == [.renegotiate, .renegotiate])
        #expect(plan(terms).allSatisfy { $0.reason == .upgraded(to: better, at: "SG2") })
        terms.profiles = [:]
        #expect(plan(terms).map(\.action) == [.move, .move])
    }

    @Test("what a gateway cannot do otherwise is a conflict; a gateway that did not answer is none")
    func other() {
        let refused = plan(PlanTerms(words: ["SG2": Self.word([Self.gcm], .refused(.unsupported("a window")))]))
        #expect(refused.map(\.action) == [.conflict, .conflict])
        #expect(
            refused.map { $0.reason?.description } == [
                "SG2 refuses it: \(MoveReason.unsupported("a window"))", "it goes with up, which SG2 refuses",
            ])
        #expect(plan(PlanTerms()).map(\.action) == [.move, .move])
    }

    @Test("what cannot move as it is gets a new SA in its place where that helps, with all of its unit, and else stays")
    func obstructed() throws {
        func plan(_ obstacle: MoveObstacle) -> [PlannedAssociation] {
            var pair = pair
            pair[1].obstacle = obstacle
            let word = Self.word([Self.gcm])
            let terms = PlanTerms(words: ["NR": word, "SG2": word, "SG3": word])
            return planner.plan(planner.known(pair), to: nil, terms)
        }
        let nonces = MoveObstacle("a nonce might come twice", endsWithRenewal: true)
        let renewed = plan(nonces)
        #expect(renewed.map(\.action) == [.renegotiate, .renegotiate])
        let target = try #require(renewed[0].relocations.first?.to)
        #expect(renewed.map { $0.relocations.map(\.to) } == [[target], [target]])
        #expect(
            renewed.map(\.reason)
                == [.renegotiatedWith("down", at: target), .renegotiatedBecause(nonces, at: target)])
        let stuck = plan(MoveObstacle("it has a mark"))
        #expect(stuck.map(\.action) == [.conflict, .conflict])
        #expect(stuck.map(\.reason) == [.goesWithObstructed("down"), .obstructed(MoveObstacle("it has a mark"))])
    }

    @Test("a gateway that can give no other SPI is not asked to, whoever says so")
    func fixed() {
        for (own, ordered) in [(.reassign, nil), (.deny, .reassign)] as [(SPIConflictPolicy, SPIConflictPolicy?)] {
            var word = Self.word([Self.gcm], .refused(.spiInUse), own)
            word.canReassign = false
            let planned = plan(PlanTerms(words: ["SG2": word], spiConflict: ordered))
            #expect(planned.map(\.action) == [.conflict, .conflict])
            #expect(planned.map(\.reason) == [.spiFixed(at: "SG2"), .goesWithConflict(of: "up", at: "SG2")])
        }
    }
}
