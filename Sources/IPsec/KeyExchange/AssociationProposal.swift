/// What the initiator proposes for one SA.
package struct AssociationProposal: Hashable, Sendable {
    /// The most preferred first.
    package let suites: [AlgorithmSuite]
    /// Where the initiator receives: an SPI is its receiver's choice.
    package let spi: SPI?

    package init(suites: [AlgorithmSuite], spi: SPI?) { (self.suites, self.spi) = (suites, spi) }
}
