import Credentials
import ForwardingPath
import Gateway
import Synchronization
import Testing

/// The certificates of a network of the routers A, B and C, and where each of them listens.
final class Routers: Sendable {
    static let nodes: Set<NodeName> = ["A", "B", "C"]

    let pki: Pki
    private let endpoints = Mutex<[NodeName: Endpoint]>([:])

    init() throws {
        let network = Network(nodes: Self.nodes.sorted().map { Node(name: $0, role: .securityGateway) })
        pki = try Pki(for: network, named: "test")
    }

    func credential(_ node: NodeName) throws -> Credential { try #require(pki.router(node)) }

    /// The links of one router, which has not been started.
    func links(
        _ node: NodeName, port: UInt16 = 0, knowing nodes: Set<NodeName> = Routers.nodes,
        limits: PeerLimits = PeerLimits(), trusted: TrustedNetwork? = nil, log: Logbook = Logbook()
    ) throws -> PeerLinks {
        try PeerLinks(
            credential: credential(node), authority: pki.authority.certificatePEM,
            listen: Endpoint(host: "127.0.0.1", port: port), nodes: nodes,
            endpoints: { other in self.endpoints.withLock { $0[other] } }, limits: limits, trusted: trusted,
            logger: log.logger)
    }

    /// Says that `node` listens on a port of this machine.
    func place(_ node: NodeName, at port: UInt16) {
        endpoints.withLock { $0[node] = Endpoint(host: "127.0.0.1", port: port) }
    }

    /// Where `node` was said to listen.
    func port(of node: NodeName) throws -> UInt16 { try #require(endpoints.withLock { $0[node] }).port }

    /// Runs links for as long as `body` does; the others know where they listen.
    func running<Result: Sendable>(
        _ links: PeerLinks..., body: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for one in links { group.addTask { try? await one.run() } }
            for one in links { place(one.node, at: try await one.boundPort) }
            let result = try await body()
            group.cancelAll()
            return result
        }
    }
}

/// The next `count` messages of a node's stream.
func receive(_ count: Int, by links: PeerLinks) async -> [[UInt8]] {
    var messages: [[UInt8]] = []
    for await (_, message) in links.incoming {
        messages.append(message.read { $0 })
        if messages.count == count { break }
    }
    return messages
}
