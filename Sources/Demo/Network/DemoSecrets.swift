import ForwardingPath
import IPsec

/// The secrets that mobile nodes share with access routers for their authorization tokens, made anew for each demo.
struct DemoSecrets: Sendable {
    private let secrets: [NodeName: [NodeName: KeyMaterial]]

    init(_ network: Network) {
        var secrets: [NodeName: [NodeName: KeyMaterial]] = [:]
        for mobile in network.nodes where mobile.role == .mobileNode {
            for router in network.nodes where router.role == .accessRouter {
                let secret = KeyMaterial(random: 32)
                secrets[mobile.name, default: [:]][router.name] = secret
                secrets[router.name, default: [:]][mobile.name] = secret
            }
        }
        self.secrets = secrets
    }

    /// What a node shares, by the node that it shares it with.
    subscript(node: NodeName) -> [NodeName: KeyMaterial] { secrets[node] ?? [:] }
}
