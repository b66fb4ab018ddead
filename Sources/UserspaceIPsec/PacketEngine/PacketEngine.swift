package import IPsec

/// IPsec as one node does it (RFC 4301 section 5): every packet goes through here.
///
/// A value: it has no clock, socket or lock. Its owner feeds it packets with the instant of their arrival, as a
/// duration since the owner's own start, and carries out what comes back, in order. While an SA moves, it passes
/// the SA's packets on (at the old gateway) or holds them (at the new one); a packet that comes to a gateway which the
/// SA has left goes after it, however often it moved on.
package struct PacketEngine: Sendable {
    let configuration: EngineConfiguration
    var peers: Set<ScopedAddress>
    var virtualAddresses: Set<ScopedAddress> = []
    var entries: [SAIdentifier: SADEntry] = [:]
    /// With policies of SAs that are elsewhere.
    var spd = SPD()
    /// The names of those policies.
    var standIns: Set<String> = []
    /// The number of policies that send ESP or AH into another SA; most gateways have none.
    var bundlingPolicies = 0
    var forwardings: [SAIdentifier: Forwarding] = [:]
    /// What waits for SAs that will be installed.
    var held: [SAIdentifier: HeldPackets] = [:]
    /// What the other gateway sent back while an SA is quiesced.
    var returned: [SAIdentifier: HeldPackets] = [:]
    /// What SAs that are expected or installed here were called at the gateway from where they come.
    var oldNames: [SAIdentifier: OldName] = [:]
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
            suites: configuration.suites, modes: Set(ProtocolMode.standard), extendedSequenceNumbers: true,
            largestReplayWindow: configuration.largestReplayWindow,
            freeCapacity: max(0, configuration.capacity - entries.count), egressMTU: configuration.egressMTU)
    }

    /// Every SA, in any phase, in the order of its identifier, with its ages at `now`.
    package mutating func associations(now: Duration) -> [AssociationStatus] {
        for index in entries.values.indices { entries.values[index].refresh(now) }
        return entries.keys.sorted().compactMap { entries[$0]?.status }
    }

    /// Those of these SAs that are here, in any phase, with their ages at `now`.
    package mutating func associations(
        _ identifiers: [SAIdentifier], now: Duration
    ) -> [SAIdentifier: AssociationStatus] {
        var statuses: [SAIdentifier: AssociationStatus] = [:]
        for identifier in identifiers {
            guard let index = entries.index(forKey: identifier) else { continue }
            entries.values[index].refresh(now)
            statuses[identifier] = entries.values[index].status
        }
        return statuses
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
