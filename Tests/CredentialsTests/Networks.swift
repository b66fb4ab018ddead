import ForwardingPath
import IPsec

extension Network {
    /// The nodes of figure 10.
    static let figure10 = Network(nodes: [
        Node(name: "MN", role: .mobileNode), Node(name: "PR", role: .accessRouter),
        Node(name: "SG1", role: .securityGateway), Node(name: "G", role: .router), Node(name: "RN", role: .remoteNode),
    ])
}
