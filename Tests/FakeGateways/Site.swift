package import ConfigurationFiles
package import Console
package import Credentials
package import ForwardingPath
package import Gateway
import Logging

/// The certificates of the network of figure 10, and servers for its fake gateways.
package struct Site: Sendable {
    /// Of the network.
    package let pki: Pki

    /// New certificates.
    package init() throws {
        let nodes: [NodeName] = ["PR", "SG1", "NR", "SG2"]
        pki = try Pki(for: Network(nodes: nodes.map { Node(name: $0, role: .securityGateway) }), named: "test")
    }

    /// TLS of somebody whom the network's authority knows.
    package func tls(_ role: PeerRole, named name: String) throws -> GatewayTLS {
        guard let identity = PeerIdentity(role: role, name: name) else { preconditionFailure("The name is a word.") }
        return try GatewayTLS(try pki.authority.issue(identity), authority: pki.authority.certificatePEM)
    }

    /// The servers of a fake gateway, on TCP.
    package func servers(
        _ gateway: FakeGateway, port: UInt16 = 0, as node: NodeName = "SG1", backlog: Int = WatchRelay.backlog
    ) throws -> GatewayServers {
        try GatewayServers(
            operations: gateway, credential: pki.router(node), authority: pki.authority.certificatePEM,
            tcp: Endpoint(host: "127.0.0.1", port: port), socketPath: nil, backlog: backlog,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Serves a fake gateway for as long as `body` does, which is told where.
    @discardableResult
    package func serving<Result: Sendable>(
        _ gateway: FakeGateway, port: UInt16 = 0, as node: NodeName = "SG1", backlog: Int = WatchRelay.backlog,
        body: (GatewayAddress) async throws -> Result
    ) async throws -> Result {
        let servers = try servers(gateway, port: port, as: node, backlog: backlog)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await servers.run() }
            let port = try await servers.boundPort ?? 0
            let result = try await body(.network(Endpoint(host: "127.0.0.1", port: port)))
            group.cancelAll()
            return result
        }
    }
}
