import ConfigurationFiles
import Credentials
import ForwardingPath
import Gateway
import IPsec

/// All that the daemon's files say, read and checked together.
struct DaemonSetup {
    let configuration: DaemonConfiguration
    let network: NetworkFile
    let node: Node
    let settings: DaemonSettings

    /// Reads the files; throws a sentence with the place and the fix.
    init(configuration path: String) throws {
        configuration = try DaemonConfiguration.load(path)
        network = try NetworkFile.load(configuration.network)
        guard let node = network.network.node(configuration.node) else {
            throw SetupError.unknownNode(configuration.node, file: configuration.network)
        }
        guard node.role.runsDaemon else { throw SetupError.role(node.name, node.role) }
        guard !configuration.trusted, let tls = configuration.tls else { throw SetupError.trusted(file: path) }
        let credential = try Credential.load(certificate: tls.certificate, key: tls.key)
        guard credential.identity.node == node.name else {
            throw SetupError.certificate(tls.certificate, credential.identity, node: node.name)
        }
        guard let cxtp = configuration.cxtp ?? node.endpoints.cxtp else { throw SetupError.noEndpoint(file: path) }
        self.node = node
        let planes = Dictionary(network.associations.map { ($0.name, $0.plane) }) { first, _ in first }
        settings = DaemonSettings(
            node: node.name, network: network.network, planes: planes, stack: configuration.stack.rawValue,
            approval: configuration.approval, credential: credential, authority: try PEMText.read(tls.ca), cxtp: cxtp,
            api: configuration.api ?? node.endpoints.api, socket: configuration.socket,
            journal: configuration.journal)
    }
}
