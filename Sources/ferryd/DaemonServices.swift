import ConfigurationFiles
import ForwardingPath
import Gateway
import IPsec
import Logging
import UserspaceIPsec

/// The long-lived parts of the process.
struct DaemonServices {
    let stack: StackService
    let daemon: DaemonService
    let reload: ReloadService

    init(_ setup: DaemonSetup, logger: Logger) throws {
        let network = setup.network.network
        let addresses = Set(setup.node.addresses.map { ScopedAddress($0, realm: setup.node.realm) })
        let peers = network.nodes.filter { $0.role.takesAssociations && $0.name != setup.node.name }
        var engine = EngineConfiguration(
            addresses: addresses,
            peers: Set(peers.flatMap { peer in peer.addresses.map { ScopedAddress($0, realm: peer.realm) } }))
        if let suites = setup.node.capabilities.suites { engine.suites = Set(suites) }
        if let capacity = setup.node.capabilities.capacity { engine.capacity = capacity }
        // The embedded stack's wire is this process's alone: nothing is routed to it from elsewhere.
        let userspace = try UserspaceStack(
            StackConfiguration(
                engine: engine, endpoint: WireEndpoint(address: 0x7f00_0001, port: 0), routes: { _, _ in nil },
                onDelivery: { _ in }))
        let places = CurrentNetwork(network)
        let router = try RouterDaemon(
            setup.settings, stack: userspace,
            surroundings: Surroundings(
                endpoints: { places.value.node($0)?.endpoints.cxtp }, redirect: { _ in },
                forwardingTarget: { name in
                    places.value.node(name).flatMap { node in
                        node.addresses.first.map { ForwardingTarget(address: $0, realm: node.realm) }
                    }
                }),
            logger: logger)
        let policies = setup.network.policies.filter { $0.association == nil && $0.applies(to: setup.node) }.map {
            Policy(
                name: $0.name, direction: $0.direction, selectors: $0.selectors, action: $0.action, origin: .static)
        }
        stack = StackService(stack: userspace, policies: policies)
        daemon = DaemonService(daemon: router)
        reload = ReloadService(path: setup.configuration.network, daemon: router, network: places)
    }
}
