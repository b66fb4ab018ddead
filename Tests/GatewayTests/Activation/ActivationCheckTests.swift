import ContextTransfer
import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("Requests of mobile nodes with the same address in two realms")
struct ActivationCheckTests {
    private static let address = IPAddress(v4: 10, 0, 0, 1)
    private static let realms = ["A", "B"].compactMap { Realm($0) }
    private static let secrets: [NodeName: KeyMaterial] = [
        "MA": KeyMaterial(octets: 0..<32), "MB": KeyMaterial(octets: 1..<33),
    ]

    private static let network = Network(
        nodes: zip(["MA", "MB"] as [NodeName], realms).map {
            Node(name: $0, role: .mobileNode, addresses: [address], realms: [$1])
        } + [
            Node(name: "PR", role: .accessRouter, addresses: [IPAddress(v4: 192, 0, 2, 2)], realms: realms),
            Node(name: "NR", role: .accessRouter, addresses: [IPAddress(v4: 192, 0, 2, 3)], realms: realms),
        ],
        paths: [PathPair(plane: .data, previous: ["MA", "PR"], next: ["MA", "NR"])])

    /// A request of a mobile node's, made with its secret, or with another's.
    private static func request(_ realm: Int, with owner: NodeName) throws -> TransferRequest {
        let secret = try #require(secrets[owner])
        let token = try AuthorizationToken(secret, address: address, realm: realms[realm], sequence: 7)
        return TransferRequest(previousAddress: address, sequence: 7, token: token.short, requests: [token.block])
    }

    private static let check = ActivationCheck("PR", network, secrets: secrets)

    @Test("each means its own user, whose secret its token is checked with", arguments: [(0, "MA"), (1, "MB")])
    func owner(realm: Int, name: String) throws {
        let mobile = try #require(NodeName(name[...]))
        let wanted = try Self.check.wanted(by: try Self.request(realm, with: mobile), from: "NR")
        #expect(wanted.mobile == mobile && wanted.secret != nil)
        #expect(wanted.subject == MoveSubject(address: Self.address, realm: Self.realms[realm]))
        #expect(throws: OperationRefusal.self) {
            try Self.check.wanted(by: try Self.request(1 - realm, with: mobile), from: "NR")
        }
    }

    @Test("a token of one realm is wrong in the other, also with the same secret")
    func otherRealm() throws {
        var request = try Self.request(0, with: "MA")
        let own = try AuthorizationBlock(request.requests[0])
        request.requests = [try AuthorizationBlock(code: own.code, realm: Self.realms[1]).encoded()]
        let secret = try #require(Self.secrets["MA"])
        #expect(!AuthorizationToken.isRight(request, secret))
        let both = try Self.realms.map { realm in
            let token = try AuthorizationToken(secret, address: Self.address, realm: realm, sequence: 7)
            return try AuthorizationBlock(token.block).code
        }
        #expect(both[0] != both[1])
    }

    @Test("a new router's own request means whom its block names", arguments: [(0, "MA"), (1, "MB")])
    func own(realm: Int, name: String) throws {
        let block = try SubjectBlock(realm: Self.realms[realm]).encoded()
        let request = TransferRequest(previousAddress: Self.address, sequence: 7, token: 0, requests: [block])
        let wanted = try Self.check.wanted(by: request, from: "NR")
        #expect(wanted.mobile.text == name && wanted.subject.realm == Self.realms[realm] && wanted.secret == nil)
        #expect(throws: OperationRefusal.self) { try Self.check.wanted(by: request, from: "PR") }
    }

    @Test(
        "one that names no realm is refused where two mobile nodes have the address, and else means the one that has it"
    )
    func untold() throws {
        let request = TransferRequest(previousAddress: Self.address, sequence: 7, token: 0, requests: [])
        #expect(throws: OperationRefusal.self) { try Self.check.wanted(by: request, from: "NR") }
        let alone = Network(nodes: Self.network.nodes.filter { $0.name != "MA" }, paths: Self.network.paths)
        #expect(try ActivationCheck("PR", alone, secrets: [:]).wanted(by: request, from: "NR").mobile == "MB")
    }

    @Test("a block that is not one of a token is a wrong token, not a new router's own request")
    func wrongBlock() throws {
        var request = try Self.request(0, with: "MA")
        request.requests = [try SubjectBlock(realm: Self.realms[0]).encoded()]
        #expect(throws: OperationRefusal.self) { try Self.check.wanted(by: request, from: "NR") }
        request = try Self.request(0, with: "MA")
        request.token = 0
        #expect(throws: OperationRefusal.self) { try Self.check.wanted(by: request, from: "NR") }
    }

    @Test("the new router takes a mobile node's request for its own realm alone")
    func atNewRouter() throws {
        let check = ActivationCheck("NR", Self.network, secrets: [:])
        let asked = try Self.request(0, with: "MA")
        let request = ActivateRequest(
            wantsAcknowledgement: true, previousAddress: Self.address, routerAddress: IPAddress(v4: 192, 0, 2, 2),
            sequence: 7, token: asked.token, requests: asked.requests)
        #expect(try check.subject(of: request, from: "MA").realm == Self.realms[0])
        #expect(throws: OperationRefusal.self) { try check.subject(of: request, from: "MB") }
    }

    @Test("an SA is the user's by the other end's address in its realm")
    func associations() throws {
        let wanted = try Self.check.wanted(by: try Self.request(0, with: "MA"), from: "NR")
        #expect(wanted.includes(try Self.summary(0)))
        #expect(!wanted.includes(try Self.summary(1)))
        #expect(!wanted.includes(try Self.summary(0, from: IPAddress(v4: 10, 0, 0, 2))))
    }

    private static func summary(_ realm: Int, from source: IPAddress = address) throws -> AssociationSummary {
        let suite = try #require(AlgorithmSuite(esp: .aesGCM256))
        return AssociationSummary(
            SecurityAssociation(
                name: "up", user: "MN",
                identifier: SAIdentifier(
                    spi: try #require(SPI(0x1001)), destination: IPAddress(v4: 192, 0, 2, 2), securityProtocol: .esp,
                    realm: realms[realm]),
                source: source, direction: .inbound,
                attributes: StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite))))
    }
}
