import ConfigurationFiles
import ForwardingPath
import Foundation
import Gateway
import Logging

/// All that the daemon's files say, read and checked together.
struct DaemonSetup {
    /// The configuration's path.
    let path: String
    let configuration: DaemonConfiguration
    let part: NetworkPart
    let settings: DaemonSettings
    let credential: DaemonCredential
    /// The path of the certificate.
    let certificate: String

    /// Reads the files; throws a sentence with the place and the fix.
    init(configuration path: String) throws {
        self.path = path
        configuration = try DaemonConfiguration.load(path)
        part = try NetworkPart(configuration, from: path)
        guard !configuration.trusted, let tls = configuration.tls else { throw SetupError.trusted(file: path) }
        let node = part.node
        credential = try DaemonCredential(tls, node: node.name)
        certificate = tls.certificate
        settings = DaemonSettings(
            node: node.name, network: part.network, planes: part.planes, profiles: part.profiles,
            stack: configuration.stack.rawValue,
            approval: configuration.approval, spiConflict: configuration.spiConflict, credential: credential.credential,
            authority: credential.authority,
            cxtp: part.cxtp, api: configuration.api ?? node.endpoints.api, socket: configuration.socket,
            journal: configuration.journal)
    }

    /// Logs what is good today and will not be for long.
    func warn(_ logger: Logger) {
        guard credential.endsSoon() else { return }
        logger.warning(
            "The certificate expires soon: have ferry pki make new ones",
            metadata: ["certificate": "\(certificate)", "end": "\(credential.end.formatted(.iso8601))"])
    }
}
