package import ForwardingPath
package import IPsec

/// What a gateway says before anything is moved to it.
package struct TakerWord: Hashable, Sendable {
    /// For each SA that it was asked about, in that order.
    package var verdicts: [Verdict]
    /// What it can use.
    package var suites: [AlgorithmSuite]
    /// What it answers where an SPI is in use.
    package var spiConflict: SPIConflictPolicy
    /// Whether it can give an SA another SPI and take what still comes under the old one.
    package var canReassign: Bool

    package init(
        verdicts: [Verdict], suites: [AlgorithmSuite], spiConflict: SPIConflictPolicy, canReassign: Bool = true
    ) {
        self.canReassign = canReassign
        (self.verdicts, self.suites, self.spiConflict) = (verdicts, suites, spiConflict)
    }
}
