import ConfigurationFiles
import Credentials
import ForwardingPath
import Gateway
import IPsec
import Logging
import UserspaceIPsec

/// Makes the stack and the daemon of one node, the first time and after each kill.
struct DemoRouterMaker: Sendable {
    let node: Node
    let scenario: ScenarioFile
    let options: DemoOptions
    let credential: Credential
    let authority: String
    let directory: TemporaryDirectory
    let current: CurrentNetwork
    let routes: DemoRoutes
    let ports: DemoPorts
    let recorder: MoveRecorder
    let account: TrafficAccount
    let capture: DemoCapture
    let secrets: DemoSecrets
    let linkCapture: DemoLinkCapture?
    let logger: Logger

    /// What is under way on loopback arrives at once.
    private static let negotiation = {
        var timing = ExchangeTiming()
        timing.linger = .milliseconds(300)
        return timing
    }()

    func make() throws -> (UserspaceStack, RouterDaemon) {
        let network = current.network
        let stack = try DemoNode(node, in: network, routes: routes).makeStack(account: account, capture: capture)
        routes.place(node, stack)
        let planes = Dictionary(scenario.network.associations.map { ($0.name, $0.plane) }) { first, _ in first }
        var settings = DaemonSettings(
            node: node.name, network: network.asKnown(at: node.name), planes: planes,
            profiles: scenario.network.profiles,
            approval: options.approval ?? scenario.approval ?? .source,
            spiConflict: scenario.spiConflict ?? .deny, stepping: options.stepping,
            timing: options.timing, credential: credential, authority: authority,
            cxtp: Endpoint(host: "127.0.0.1", port: 0), api: Endpoint(host: "127.0.0.1", port: ports.api(node.name)),
            journal: directory.path + "/\(node.name).sqlite")
        settings.tokenSecrets = secrets[node.name]
        if linkCapture != nil { settings.trusted = .loopback }
        let redirect = DemoRedirect(node: node.name, stack: stack, routes: routes)
        var surroundings = Surroundings(
            endpoints: { [ports] in ports[$0] },
            redirect: { [isGateway = scenario.isGateway(node.name)] in if isGateway { try await redirect($0) } },
            forwardingTarget: { other in
                network.node(other).map { _ in ForwardingTarget(address: DemoNode.ownAddress(other, in: network)) }
            },
            withdraw: { [routes, name = node.name] in routes.withdraw($0, at: name) },
            keyExchange: { X25519KeyExchange($0, timing: Self.negotiation) },
            observe: { [recorder, name = node.name] in recorder.take($0, at: name) },
            trace: { [recorder] in recorder.take($0) })
        surroundings.turnOver = { [isGateway = scenario.isGateway(node.name)] in
            if isGateway { try await redirect.turnOver($0) }
        }
        surroundings.setUp = { [current] in await current.setUp($0) }
        if let linkCapture {
            surroundings.tap = { [name = node.name] in linkCapture.take($1, from: name, to: $0) }
        }
        return (stack, try RouterDaemon(settings, stack: stack, surroundings: surroundings, logger: logger))
    }

    /// What is done each time that a daemon begins to run: others learn where it is.
    func started(_ stack: UserspaceStack, _ daemon: RouterDaemon) async throws {
        try await DemoAssociations.installStatic(scenario, at: node, stack)
        ports[node.name] = Endpoint(host: "127.0.0.1", port: try await daemon.cxtpPort)
        // A console finds it again where it was.
        if let port = try await daemon.apiPort { ports.setAPI(node.name, port) }
    }
}
