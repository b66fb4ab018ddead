import ConfigurationFiles
import Credentials
import ForwardingPath
import Gateway

/// All that the daemon's files say, read and checked together.
struct DaemonSetup {
    /// The configuration's path.
    let path: String
    let configuration: DaemonConfiguration
    let part: NetworkPart
    let settings: DaemonSettings

    /// Reads the files; throws a sentence with the place and the fix.
    init(configuration path: String) throws {
        self.path = path
        configuration = try DaemonConfiguration.load(path)
        part = try NetworkPart(configuration, from: path)
        guard !configuration.trusted, let tls = configuration.tls else { throw SetupError.trusted(file: path) }
        let credential = try Credential.load(certificate: tls.certificate, key: tls.key)
        let node = part.node
        guard credential.identity.node == node.name else {
            throw SetupError.certificate(tls.certificate, credential.identity, node: node.name)
        }
        settings = DaemonSettings(
            node: node.name, network: part.network, planes: part.planes, stack: configuration.stack.rawValue,
            approval: configuration.approval, credential: credential, authority: try PEMText.read(tls.ca),
            cxtp: part.cxtp, api: configuration.api ?? node.endpoints.api, socket: configuration.socket,
            journal: configuration.journal)
    }
}
