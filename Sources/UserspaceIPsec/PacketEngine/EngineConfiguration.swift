package import IPsec

/// What a packet engine is told when it is made.
package struct EngineConfiguration: Sendable {
    /// The node's own addresses; tunnels between gateways start at them. Virtual ones are claimed later.
    package var addresses: Set<ScopedAddress>
    /// The other gateways: only their IP tunnels are unpacked.
    package var peers: Set<ScopedAddress>
    /// What may be installed.
    package var suites: Set<AlgorithmSuite>
    /// How many SAs there may be.
    package var capacity: Int
    /// The MTU of the interface towards the outside, in octets.
    package var egressMTU: UInt16
    /// The largest replay window that it keeps, in packets.
    package var largestReplayWindow = ReplayWindow.sizes.upperBound
    /// How many packets are held for each SA that is expected.
    package var heldPackets = 256

    package init(
        addresses: Set<ScopedAddress>, peers: Set<ScopedAddress> = [],
        suites: Set<AlgorithmSuite> = Set(AlgorithmSuite.allESP + AlgorithmSuite.allAH),
        capacity: Int = 1_000_000, egressMTU: UInt16 = 1500
    ) {
        self.addresses = addresses
        self.peers = peers
        self.suites = suites
        self.capacity = capacity
        self.egressMTU = egressMTU
    }
}
