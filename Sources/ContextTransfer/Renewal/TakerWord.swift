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

    package init(verdicts: [Verdict], suites: [AlgorithmSuite], spiConflict: SPIConflictPolicy) {
        (self.verdicts, self.suites, self.spiConflict) = (verdicts, suites, spiConflict)
    }
}
