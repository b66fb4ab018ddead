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
    let charon: Charon?
    /// The gateway's own addresses, also those that move.
    private let own: Set<IPAddress>
    /// Of SAs that came from other gateways.
    private let requestIDs: ClosedRange<UInt32>
    private let relaysIKE: Bool

    init(_ configuration: KernelConfiguration, _ part: NetworkPart) throws {
        let addresses = VirtualAddresses(
            try InterfaceAddresses(
                [configuration.outside, configuration.inside].map {
                    InterfaceAddresses.Side(interface: $0.interface, addresses: $0.virtual)
                }))
        self.addresses = addresses
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
        let stack = try LinuxStack(settings, gate: gate, addresses: addresses)
        (self.stack, own, requestIDs) = (stack, settings.addresses, settings.requestIDs)
        relaysIKE = configuration.ike != nil
        charon = configuration.vici.map { [gate] in
            Charon(
                StrongSwan(path: $0), stack: stack, gate: gate, addresses: addresses,
                ownRequestIDs: settings.requestIDs)
        }
        if let peer = configuration.ike.flatMap({ configuration.peers[$0] }) {
            try gate.relayIKE(
                IKERelay(
                    addresses: Set(configuration.outside.virtual), target: ForwardingTarget(address: peer.outside),
                    isShared: false), by: configuration.outside.interface)
        }
    }

    /// Holds packets, tells of lifetimes and of SAs that come and go, and follows what strongSwan does, until the task is
    /// cancelled.
    func run() async throws {
        // Else nobody needs to know of each.
        let arrivals = charon != nil || relaysIKE ? try KernelArrivals() : nil
        let (told, telling) = AsyncStream.makeStream(of: KernelArrival.self, bufferingPolicy: .bufferingNewest(100_000))
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await gate.run() }
            group.addTask { try await stack.run() }
            if let charon { group.addTask { await charon.run() } }
            guard let arrivals else { return }
            group.addTask { await arrivals.run { telling.yield($0) } }
            group.addTask { for await arrival in told { try await take(arrival, arrivals) } }
            // Those that are here already.
            telling.yield(.overrun)
        }
    }

    private func take(_ arrival: KernelArrival, _ arrivals: KernelArrivals) async throws {
        switch arrival {
        case .came(let newcomer):
            if relaysIKE, own.contains(newcomer.identifier.destination) {
                // Of a user whose key management is elsewhere a new one may be used before it has come here too.
                gate.came(newcomer, isOwn: !requestIDs.contains(newcomer.requestID))
            }
            charon?.came(newcomer)
        case .went(let identifier): gate.went(identifier)
        case .overrun:
            let present = try arrivals.present()
            gate.went(allBut: Set(present.map(\.identifier)))
            for newcomer in present { try await take(.came(newcomer), arrivals) }
        }
    }
}
