import ConfigurationFiles
import ForwardingPath
import Gateway
import IPsec
import LinuxIPsec
import Logging
import ServiceLifecycle
import UserspaceIPsec

/// The long-lived parts of the process.
struct DaemonServices {
    let stack: DaemonStack
    let daemon: DaemonService
    let reload: ReloadService
    /// `nil` where nobody waits for news of this process.
    let supervisor: SupervisorService?

    init(_ setup: DaemonSetup, supervisor: Supervisor?, logger: Logger) async throws {
        stack = try Self.stack(setup)
        if case .linux(let kernel) = stack { try await kernel.stack.begin() }
        let places = Current(setup.part.network)
        let router = try RouterDaemon(
            setup.settings, stack: stack.stack, surroundings: Self.surroundings(setup, stack, places), logger: logger)
        daemon = DaemonService(daemon: router)
        reload = ReloadService(
            setup: setup, daemon: router, stack: stack, network: places, supervisor: supervisor, logger: logger)
        self.supervisor = supervisor.map { SupervisorService(supervisor: $0, daemon: router) }
    }

    /// In the order of their start; the last one is the first to be asked to end.
    var all: [any Service] {
        let always: [any Service] = [stack, daemon, reload]
        return always + (supervisor.map { [$0] } ?? [])
    }

    private static func surroundings(
        _ setup: DaemonSetup, _ stack: DaemonStack, _ places: Current<Network>
    ) -> Surroundings {
        let endpoints: @Sendable (NodeName) -> Endpoint? = { places.value.node($0)?.endpoints.cxtp }
        guard case .linux(let kernel) = stack else {
            return Surroundings(
                endpoints: endpoints, redirect: { _ in },
                forwardingTarget: { name in
                    places.value.node(name).flatMap { node in
                        node.addresses.first.map { ForwardingTarget(address: $0, realm: node.realm) }
                    }
                }, keyExchange: { X25519KeyExchange($0) })
        }
        let peers = setup.configuration.kernel?.peers ?? [:]
        // New SAs are key management's to negotiate, beside this process.
        var surroundings = Surroundings(
            endpoints: endpoints, redirect: { _ in try await kernel.addresses.claimUnanswered() },
            forwardingTarget: { name in peers[name].map { ForwardingTarget(address: $0.outside) } })
        if let charon = kernel.charon {
            surroundings.ike = charon.daemon
            let addresses = kernel.addresses
            surroundings.keyExchange = { _ in CharonKeyExchange(charon, addresses: addresses) }
        }
        return surroundings
    }

    private static func stack(_ setup: DaemonSetup) throws -> DaemonStack {
        guard let kernel = setup.configuration.kernel else { return .userspace(try userspace(setup.part)) }
        return .linux(try KernelStack(kernel, setup.part))
    }

    /// The embedded stack with the operator's policies.
    private static func userspace(_ part: NetworkPart) throws -> UserspaceStack {
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
