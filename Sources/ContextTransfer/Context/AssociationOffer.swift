package import IPsec

/// What is told of an SA before it moves: enough to say yes or no, and no key.
package struct AssociationOffer: Hashable, Sendable {
    /// The operator's name for it, for whoever is asked.
    package var name: String
    package var identifier: SAIdentifier
    package var suite: AlgorithmSuite
    package var mode: ProtocolMode
    package var extendedSequenceNumbers: Bool
    /// `nil` when anti-replay is off.
    package var replayWindowSize: Int?

    package init(
        name: String = "", identifier: SAIdentifier, suite: AlgorithmSuite, mode: ProtocolMode,
        extendedSequenceNumbers: Bool,
        replayWindowSize: Int?
    ) {
        self.name = name
        self.identifier = identifier
        self.suite = suite
        self.mode = mode
        self.extendedSequenceNumbers = extendedSequenceNumbers
        self.replayWindowSize = replayWindowSize
    }

    package init(_ association: SecurityAssociation) {
        let attributes = association.attributes
        self.init(
            name: association.name, identifier: association.identifier, suite: attributes.keys.suite,
            mode: attributes.mode,
            extendedSequenceNumbers: attributes.extendedSequenceNumbers, replayWindowSize: attributes.replayWindowSize)
    }

    /// What stands against the SA at a gateway that can do `capabilities` and has the SAs `present`.
    package func verdict(_ capabilities: StackCapabilities, present: Set<SAIdentifier>) -> Verdict {
        if present.contains(identifier) { return .refused(.spiInUse) }
        guard capabilities.suites.contains(suite) else { return .refused(.unsupported(suite.name)) }
        guard capabilities.modes.contains(mode) else { return .refused(.unsupported("\(mode.name) mode")) }
        if extendedSequenceNumbers, !capabilities.extendedSequenceNumbers {
            return .refused(.unsupported("extended sequence numbers"))
        }
        if let replayWindowSize, replayWindowSize > capabilities.largestReplayWindow {
            return .refused(.unsupported("a replay window of \(replayWindowSize) packets"))
        }
        return .accepted
    }
}
