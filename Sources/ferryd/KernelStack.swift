import ConfigurationFiles
import ForwardingPath
import IPsec
import LinuxIPsec

/// The kernel's stack with what it needs around it.
struct KernelStack {
    let stack: LinuxStack
    let gate: CaptureGate
    let addresses: VirtualAddresses

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
        stack = try LinuxStack(settings, gate: gate, addresses: addresses)
        if let peer = configuration.ike.flatMap({ configuration.peers[$0] }) {
            try gate.relayIKE(
                for: configuration.outside.virtual, by: configuration.outside.interface,
                to: ForwardingTarget(address: peer.outside))
        }
    }
}
