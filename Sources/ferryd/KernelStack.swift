import ConfigurationFiles
import ForwardingPath
import IPsec
import LinuxIPsec
import StrongSwan

/// The kernel's stack with what it needs around it.
struct KernelStack {
    let stack: LinuxStack
    let gate: CaptureGate
    let addresses: VirtualAddresses
    /// The strongSwan beside the daemon, where there is one.
    let strongSwan: StrongSwan?

    init(_ configuration: KernelConfiguration, _ part: NetworkPart) throws {
        addresses = try VirtualAddresses([
            VirtualAddresses.Side(interface: configuration.outside.interface, addresses: configuration.outside.virtual),
            VirtualAddresses.Side(interface: configuration.inside.interface, addresses: configuration.inside.virtual),
        ])
        gate = try CaptureGate(
            CaptureGateSettings(
                own: CaptureGateSettings.Peer(
                    outside: configuration.outside.address, inside: configuration.inside.address),
                peers: configuration.peers.values.map {
                    CaptureGateSettings.Peer(outside: $0.outside, inside: $0.inside)
                }, insideInterface: configuration.inside.interface))
        var settings = LinuxStackSettings(
            addresses: Set([configuration.outside.address] + configuration.outside.virtual))
        if let suites = part.node.capabilities.suites { settings.suites = Set(suites) }
        if let capacity = part.node.capabilities.capacity { settings.capacity = capacity }
        if let mtu = part.network.egressMTU(of: part.node.name) { settings.egressMTU = mtu }
        strongSwan = configuration.vici.map { StrongSwan(path: $0) }
        stack = try LinuxStack(settings, gate: gate, addresses: addresses)
        if let peer = configuration.ike.flatMap({ configuration.peers[$0] }) {
            try gate.relayIKE(
                for: configuration.outside.virtual, by: configuration.outside.interface,
                to: ForwardingTarget(address: peer.outside))
        }
    }

    /// Holds packets, tells of lifetimes, and follows what strongSwan calls its SAs, until the task is cancelled.
    func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await gate.run() }
            group.addTask { try await stack.run() }
            guard let strongSwan else { return }
            group.addTask { await strongSwan.run() }
            group.addTask {
                for await event in strongSwan.events where event.bringsNames { await takeNames(from: strongSwan) }
            }
        }
    }

    /// Where charon does not answer the names stay as they were: the next event asks again.
    private func takeNames(from strongSwan: StrongSwan) async {
        guard let associations = try? await strongSwan.associations() else { return }
        // Many users may share a child's name, and one of them has two of it for a while after a rekey.
        await stack.name(
            AssociationNames(associations).all.mapValues {
                LinuxStack.Label(name: "\($0.name)-\($0.child.number)", user: $0.user)
            })
    }
}

extension StrongSwanEvent {
    /// Whether SAs may be called otherwise than before.
    fileprivate var bringsNames: Bool {
        switch self {
        case .connected, .childUp, .childRekeyed, .ikeUp, .ikeRekeyed, .missed, .unreadable: true
        case .disconnected, .ikeDown, .childDown: false
        }
    }
}
