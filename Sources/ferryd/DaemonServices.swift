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
        let userspace = try Self.stack(setup.part)
        let places = CurrentNetwork(setup.part.network)
        let router = try RouterDaemon(
            setup.settings, stack: userspace,
            surroundings: Surroundings(
                endpoints: { places.value.node($0)?.endpoints.cxtp }, redirect: { _ in },
                forwardingTarget: { name in
                    places.value.node(name).flatMap { node in
                        node.addresses.first.map { ForwardingTarget(address: $0, realm: node.realm) }
                    }
                }, keyExchange: { X25519KeyExchange($0) }),
            logger: logger)
        stack = StackService(stack: userspace)
        daemon = DaemonService(daemon: router)
        reload = ReloadService(setup: setup, daemon: router, stack: userspace, network: places)
    }

    /// The embedded stack with the operator's policies.
    private static func stack(_ part: NetworkPart) throws -> UserspaceStack {
        let addresses = Set(
            part.node.realms.flatMap { realm in part.node.addresses.map { ScopedAddress($0, realm: realm) } })
        var engine = EngineConfiguration(addresses: addresses, peers: part.peers)
        if let suites = part.node.capabilities.suites { engine.suites = Set(suites) }
        if let capacity = part.node.capabilities.capacity { engine.capacity = capacity }
        if let mtu = part.network.egressMTU(of: part.node.name) { engine.egressMTU = mtu }
        if let window = part.node.capabilities.largestReplayWindow { engine.largestReplayWindow = window }
        // Its wire is this process's alone: nothing is routed to it from elsewhere.
        let stack = try UserspaceStack(
            StackConfiguration(
                engine: engine, endpoint: WireEndpoint(address: 0x7f00_0001, port: 0), routes: { _, _ in nil },
                onDelivery: { _ in }))
        try stack.setStaticPolicies(part.policies)
        return stack
    }
}
