import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Testing
import UserspaceIPsec

@Suite("Moves with real stacks on loopback", .serialized)
struct LoopbackMoveTests {
    @Test(
        "a pair of tunnel SAs moves back and forth under traffic: nothing is lost and nothing comes twice",
        .timeLimit(.minutes(1)), arguments: ["aes-gcm-16-256", "aes-cbc-128-hmac-sha-256-128"])
    func backAndForth(algorithm: String) async throws {
        let network = try LoopbackNetwork()
        let pair = try await network.establish(try #require(AlgorithmSuite(name: algorithm)))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for stack in network.stacks.values { group.addTask { try await stack.run() } }
            group.addTask { await network.runParties() }
            network.exchange.start()
            // At once after each other: packets of one move are still under way when the next begins.
            for count in 0..<20 {
                let ends: [NodeName] =
                    count.isMultiple(of: 2) ? ["SG1", "PR", "NR", "SG2"] : ["SG2", "NR", "PR", "SG1"]
                let outcome = try await network.move(
                    pair, MoveRoute(holder: ends[0], source: ends[1], target: ends[2], taker: ends[3]))
                #expect(outcome == .completed)
                let left = try await network.phases(at: ends[0])
                let arrived = try await network.phases(at: ends[3])
                #expect(left == [])
                #expect(arrived == [.inForce, .inForce])
            }
            network.exchange.finish(atLeast: 500)
            for await _ in network.exchange.done {}
            group.cancelAll()
        }
        let account = network.exchange.account
        #expect(account.sent >= 500)
        #expect(account.wrong.isEmpty)
    }

    @Test("a pair of tunnel SAs moves between two gateways, and is at one of them at a time", .timeLimit(.minutes(1)))
    func there() async throws {
        let network = try LoopbackNetwork()
        let pair = try await network.establish(try #require(AlgorithmSuite(esp: .aesGCM256)))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await network.runParties() }
            let route = MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2")
            let outcome = try await network.move(pair, route)
            let left = try await network.phases(at: "SG1")
            let arrived = try await network.phases(at: "SG2")
            #expect(outcome == .completed)
            #expect(left == [])
            #expect(arrived == [.inForce, .inForce])
            group.cancelAll()
        }
    }

    @Test("SAs that the new gateway cannot take stay where they are", .timeLimit(.minutes(1)))
    func refused() async throws {
        let network = try LoopbackNetwork()
        let pair = try await network.establish(try #require(AlgorithmSuite(esp: .aesGCM256)))
        // The SPI is in use at SG2.
        let other = SecurityAssociation(
            name: "other", user: "X", identifier: pair[0].identifier, source: LoopbackNetwork.mobileNode,
            direction: .inbound, attributes: StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: pair[0].suite)))
        try await network.stacks["SG2"]?.install([other], policies: [])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for stack in network.stacks.values { group.addTask { try await stack.run() } }
            group.addTask { await network.runParties() }
            let route = MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2")
            let outcome = try await network.move(pair, route)
            let stayed = try await network.phases(at: "SG1")
            #expect(outcome == .refused(.spiInUse))
            #expect(stayed == [.inForce, .inForce])
            group.cancelAll()
        }
    }
}

extension LoopbackNetwork {
    /// Puts the pair MN–SG1 in force at both ends, with the policies that use it.
    func establish(_ suite: AlgorithmSuite) async throws -> [AssociationOffer] {
        let inside = TrafficSelector(source: AddressRange(Self.mobileNode), destination: AddressRange(Self.remoteNode))
        let outside = TrafficSelector(source: AddressRange(Self.remoteNode), destination: AddressRange(Self.mobileNode))
        let any = TrafficSelector(source: .all(.v4), destination: .all(.v4))
        let up = try #require(SPI(0x1001))
        let down = try #require(SPI(0x2001))
        let associations = [
            (SAIdentifier(spi: up, destination: Self.gateway, securityProtocol: .esp), Self.mobileNode, inside),
            (SAIdentifier(spi: down, destination: Self.mobileNode, securityProtocol: .esp), Self.gateway, outside),
        ].map { identifier, source, selector in
            var attributes = StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite))
            attributes.selectors = [selector]
            return SecurityAssociation(
                name: identifier.destination == Self.gateway ? "up" : "down", user: "MN", identifier: identifier,
                source: source, direction: .inbound, attributes: attributes)
        }
        for (name, stack) in stacks {
            let open = [Direction.inbound, .outbound].map {
                Policy(name: "all-\($0.name)", direction: $0, selectors: [any], action: .bypass, origin: .static)
            }
            try await stack.install([], policies: open)
            guard name == "MN" || name == "SG1" else { continue }
            let sends = name == "MN" ? 0 : 1
            var own = associations
            own[sends].direction = .outbound
            let policy = Policy(
                name: "protect", direction: .outbound, selectors: own[sends].attributes.selectors, action: .protect,
                origin: .user("MN"), association: own[sends].identifier)
            try await stack.install(own, policies: [policy])
        }
        return associations.map(AssociationOffer.init)
    }

    func phases(at name: NodeName) async throws -> [SAPhase]? { try await stacks[name]?.associations().map(\.phase) }

    /// Moves the pair and waits for the end.
    func move(_ pair: [AssociationOffer], _ route: MoveRoute) async throws -> MoveOutcome {
        let leader = try #require(parties[route.source])
        let holder = try #require(parties[route.holder])
        let move = MoveDescription(id: .random(), subject: MoveSubject(address: Self.mobileNode), route: route)
        let offer = MoveOffer(subject: move.subject, associations: pair, needsApproval: false, requestedBy: "test")
        await holder.request(move, MoveRequest(offer: offer, approval: .automatic))
        for await event in leader.events {
            if case .stands(.over(let outcome)) = event.kind, event.key.role == .source, event.move == move {
                return outcome
            }
        }
        throw CancellationError()
    }
}
