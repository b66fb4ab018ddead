import ContextTransfer
import Credentials
import ForwardingPath
import Gateway
import IPsec
import Logging

/// A network with its certificates, of which a test runs one daemon.
struct Site {
    let network: Network
    let pki: Pki

    init(_ network: Network = Figure.network) throws {
        self.network = network
        pki = try Pki(for: network, named: "test")
    }

    struct NoCredential: Error {}

    /// The daemon of a node, not running yet; it knows `network`, or the whole one.
    func daemon(
        _ node: NodeName, stack: any IPsecStack, knowing network: Network? = nil, journal: String? = nil,
        logger: Logger = Logbook().logger, timing: MoveTiming = MoveTiming(),
        endpoints: @escaping @Sendable (NodeName) -> Endpoint? = { _ in nil }, ike: IKEDaemon? = nil
    ) throws -> RouterDaemon {
        guard let credential = pki.router(node) else { throw NoCredential() }
        var settings = DaemonSettings(
            node: node, network: network ?? self.network, credential: credential,
            authority: pki.authority.certificatePEM, cxtp: Endpoint(host: "127.0.0.1", port: 0),
            api: Endpoint(host: "127.0.0.1", port: 0), journal: journal)
        settings.stackLife = journal.map { _ in "site" }
        settings.timing = timing
        var surroundings = Surroundings(endpoints: endpoints, redirect: { _ in }, forwardingTarget: { _ in nil })
        surroundings.ike = ike
        return try RouterDaemon(settings, stack: stack, surroundings: surroundings, logger: logger)
    }
}
