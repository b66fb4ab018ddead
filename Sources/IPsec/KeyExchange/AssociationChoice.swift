/// What the responder chose for one SA.
package struct AssociationChoice: Hashable, Sendable {
    package let suite: AlgorithmSuite
    /// Where the responder receives.
    package let spi: SPI?

    package init(suite: AlgorithmSuite, spi: SPI?) { (self.suite, self.spi) = (suite, spi) }
}
