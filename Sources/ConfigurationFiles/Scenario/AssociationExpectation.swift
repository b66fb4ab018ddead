package import ForwardingPath
package import IPsec

/// What must have become of one SA at the end of a scenario; `nil` is not looked at.
package struct AssociationExpectation: Hashable, Sendable {
    /// The SA.
    package var name: String
    /// The type that it must have.
    package var type: ExpectedType?
    /// What must have been planned for it.
    package var action: PlannedAction?
    /// What must have become of it.
    package var outcome: AssociationOutcome?
    /// Nodes where the SA must be in force.
    package var at: [NodeName]?
    /// Gateways of which one must have it; `nil` is not looked at.
    package var oneOf: [NodeName]?
    /// What must have become of its SPI.
    package var spi: SPIOutcome?
    /// The algorithms that it must have.
    package var suite: AlgorithmSuite?
    /// The address by which each node that has an end of it must know its gateway.
    package var gatewayAddress: IPAddress?
    /// The sequence number that the gateway must have reached, as sender or as receiver.
    package var lastSent: UInt64?
    /// The path MTU that its sender must go by, in octets.
    package var pathMTU: UInt16?

    /// An expectation that looks at what is given.
    package init(
        name: String, type: ExpectedType? = nil, action: PlannedAction? = nil, outcome: AssociationOutcome? = nil,
        at: [NodeName]? = nil, spi: SPIOutcome? = nil, pathMTU: UInt16? = nil
    ) {
        self.name = name
        self.type = type
        self.action = action
        self.outcome = outcome
        self.at = at
        self.spi = spi
        self.pathMTU = pathMTU
    }
}
