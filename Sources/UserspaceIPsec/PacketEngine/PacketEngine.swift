package import IPsec

/// IPsec as one node does it (RFC 4301 section 5): every packet goes through here.
///
/// A value: it has no clock, socket or lock. Its owner feeds it packets with the instant of their arrival, as a
/// duration since the owner's own start, and carries out what comes back, in order. While an SA moves, it passes
/// the SA's packets on (at the old gateway) or holds them (at the new one).
package struct PacketEngine: Sendable {
    let configuration: EngineConfiguration
    var peers: Set<ScopedAddress>
    var virtualAddresses: Set<ScopedAddress> = []
    var entries: [SAIdentifier: SADEntry] = [:]
    /// With the policies of SAs that went elsewhere, so that their traffic follows them and nothing else takes it up.
    var spd = SPD()
    /// The names of all policies in ``spd``.
    var policyNames: Set<String> = []
    /// The names of those that are there only for the sake of forwarding.
    var departedPolicies: Set<String> = []
    /// The number of policies that send ESP or AH into another SA; most gateways have none.
    var bundlingPolicies = 0
    var forwardings: [SAIdentifier: Forwarding] = [:]
    var held: [SAIdentifier: HeldPackets] = [:]
    var expectedTraffic: [SAIdentifier: [TrafficSelector]] = [:]
    /// Packets refused that belong to no SA.
    package internal(set) var counters = StackCounters()
    /// The owner calls ``expire(now:)`` then, or earlier; `nil` when there is nothing to wait for. It may be too
    /// early, never too late.
    package internal(set) var nextDeadline: Duration?

    /// An engine without SAs and policies: it drops everything.
    package init(_ configuration: EngineConfiguration) {
        self.configuration = configuration
        peers = configuration.peers
    }

    /// What can be installed now.
    package var capabilities: StackCapabilities {
        StackCapabilities(
            suites: configuration.suites, modes: Set(ProtocolMode.allCases), extendedSequenceNumbers: true,
            largestReplayWindow: ReplayWindow.sizes.upperBound,
            freeCapacity: max(0, configuration.capacity - entries.count), egressMTU: configuration.egressMTU)
    }

    /// Every SA, in any phase, in the order of its identifier, with its ages at `now`.
    package mutating func associations(now: Duration) -> [AssociationStatus] {
        for index in entries.values.indices { entries.values[index].refresh(now) }
        return entries.values
            .map { AssociationStatus(association: $0.association, phase: $0.phase, counters: $0.counters) }
            .sorted { $0.association.identifier < $1.association.identifier }
    }

    /// The ordered policies of what is here; those kept for forwarding are not shown.
    package var policies: [Policy] {
        departedPolicies.isEmpty ? spd.policies : spd.policies.filter { !departedPolicies.contains($0.name) }
    }

    /// Makes a virtual address local: packets for it end here.
    package mutating func claim(_ address: ScopedAddress) { virtualAddresses.insert(address) }

    /// Stops answering for a virtual address.
    package mutating func release(_ address: ScopedAddress) { virtualAddresses.remove(address) }

    /// Whether packets for `address` end here.
    package func isLocal(_ address: ScopedAddress) -> Bool {
        configuration.addresses.contains(address) || virtualAddresses.contains(address)
    }

    /// Sets the other gateways, whose IP tunnels are unpacked.
    package mutating func setPeers(_ addresses: Set<ScopedAddress>) { peers = addresses }
}
