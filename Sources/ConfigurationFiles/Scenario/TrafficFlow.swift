package import ForwardingPath

/// Steady traffic one way between two nodes.
package struct TrafficFlow: Hashable, Sendable {
    /// What a flow has where nothing is said: 1,000 packets a second of 200 octets.
    package static let defaultRate = 1_000
    /// The rates that this machine may be asked for, in packets a second.
    package static let rates = 1...100_000
    /// The size where nothing is said, in octets.
    package static let defaultSize = 200

    /// The sender of the inner packets.
    package var from: NodeName
    /// Their receiver.
    package var to: NodeName
    /// In packets a second.
    package var rate: Int
    /// Of a whole inner packet, in octets.
    package var size: Int
    /// Whether its packets may not be fragmented. A packet that a gateway finds too big is then sent again, smaller, as
    /// TCP would; IPv6 is always like that.
    package var dontFragment: Bool
    /// Which of the many mobile nodes that one end stands for it is of, from 0.
    package var member = 0

    /// A flow, by default of the usual rate and size.
    package init(
        from: NodeName, to: NodeName, rate: Int = defaultRate, size: Int = defaultSize, dontFragment: Bool = false
    ) {
        self.from = from
        self.to = to
        self.rate = rate
        self.size = size
        self.dontFragment = dontFragment
    }
}
