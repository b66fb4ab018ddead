package import ForwardingPath

/// Which SAs a plan or a move is about, and where they should go.
package struct MoveSelection: Hashable, Sendable {
    /// Names of SAs; empty for all.
    package var names: [String]
    /// The gateway that they leave; `nil` to follow the paths.
    package var from: NodeName?
    /// The gateway that they go to; `nil` to follow the paths.
    package var to: NodeName?
    /// Whether the SAs of all gateways on the previous paths are meant, not only those of the gateway that is asked.
    package var wholePath: Bool

    /// The gateways over which everything is spread that leaves the gateway, empty for all that can take SAs; `nil` where
    /// it is not drained.
    package var spread: [NodeName]?
    /// What to do where an SPI is in use at the new gateway; `nil`: as that gateway is configured.
    package var spiConflict: SPIConflictPolicy?
    /// Whether SAs for which the user's profile prefers a suite that is possible there are negotiated anew with it.
    package var upgrade: Bool

    /// From its parts.
    package init(
        names: [String] = [], from: NodeName? = nil, to: NodeName? = nil, wholePath: Bool = false,
        spiConflict: SPIConflictPolicy? = nil,
        upgrade: Bool = false
    ) {
        (self.names, self.from, self.to, self.wholePath) = (names, from, to, wholePath)
        (self.spiConflict, self.upgrade) = (spiConflict, upgrade)
    }

    /// Everything that leaves a gateway which is drained.
    package init(draining gateway: NodeName, to others: [NodeName] = []) {
        (names, from, to, wholePath, spread) = ([], gateway, nil, false, others)
        upgrade = false
    }
}
