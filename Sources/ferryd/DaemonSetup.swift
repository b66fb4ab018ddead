import ConfigurationFiles
import Credentials
import ForwardingPath
import Foundation
import Gateway
import IPsec
import LinuxIPsec
import Logging

/// All that the daemon's files say, read and checked together.
struct DaemonSetup {
    /// The configuration's path.
    let path: String
    let configuration: DaemonConfiguration
    let part: NetworkPart
    let settings: DaemonSettings
    /// `nil` on a trusted network without certificates.
    let credential: DaemonCredential?
    /// The path of the certificate.
    let certificate: String

    /// Reads the files; throws a sentence with the place and the fix.
    init(configuration path: String) throws {
        self.path = path
        configuration = try DaemonConfiguration.load(path)
        part = try NetworkPart(configuration, from: path)
        let node = part.node
        credential = try configuration.tls.map { try DaemonCredential($0, node: node.name) }
        certificate = configuration.tls?.certificate ?? ""
        // Without certificates nobody is let in by one: these are made, used by nobody and forgotten.
        let pki = try credential == nil ? Pki(for: part.network, named: "trusted") : nil
        guard let own = credential?.credential ?? pki?.router(node.name),
            let authority = credential?.authority ?? pki?.authority.certificatePEM
        else { throw SetupError.noEndpoint(file: path) }
        var settings = DaemonSettings(
            node: node.name, network: part.network, planes: part.planes, profiles: part.profiles,
            stack: configuration.stack.rawValue,
            approval: configuration.approval, spiConflict: configuration.spiConflict, credential: own,
            authority: authority,
            cxtp: part.cxtp, api: credential == nil ? nil : configuration.api ?? node.endpoints.api,
            socket: configuration.socket,
            journal: configuration.journal)
        if configuration.trusted {
            settings.trusted =
                configuration.trustedRanges.isEmpty ? .loopback : TrustedNetwork(configuration.trustedRanges)
        }
        if configuration.stack == .linux { settings.stackLife = KernelLife.current }
        settings.tokenSecrets = try Self.secrets(configuration, part)
        self.settings = settings
    }

    /// What is shared for authorization tokens: by a mobile node with routers, by a router with mobile nodes.
    private static func secrets(
        _ configuration: DaemonConfiguration, _ part: NetworkPart
    ) throws -> [NodeName: KeyMaterial] {
        guard let path = configuration.secrets else { return [:] }
        let secrets = try SecretsFile.load(path)
        for name in secrets.keys.sorted() {
            let role = part.network.node(name)?.role
            guard part.node.role == .mobileNode ? role?.takesAssociations == true : role == .mobileNode else {
                throw SetupError.secret(path, name, of: part.node.name)
            }
        }
        return secrets
    }

    /// What is said of a network that is trusted; `nil` where routers speak TLS.
    var trustWarning: String? {
        guard let network = settings.trusted else { return nil }
        let ranges = network.ranges.map(\.description).joined(separator: ", ")
        return "trusted: routers at \(ranges) are spoken to in plain TCP: keys cross the network as they are"
    }

    /// Logs what is good today and will not be for long.
    func warn(_ logger: Logger) {
        if let trustWarning { logger.warning("No TLS between routers", metadata: ["reason": "\(trustWarning)"]) }
        credential?.warn(logger, of: certificate)
    }
}
