/// What a stack can do, asked for before anything is moved to it.
package struct StackCapabilities: Hashable, Sendable {
    package var suites: Set<AlgorithmSuite>
    package var modes: Set<ProtocolMode>
    package var extendedSequenceNumbers: Bool
    /// The largest replay window, in packets.
    package var largestReplayWindow: Int
    /// How many more SAs it can take.
    package var freeCapacity: Int
    /// The MTU of the interface towards the outside, in octets.
    package var egressMTU: UInt16
    /// Which names that SAs had before it takes packets by, which another gateway passes on.
    package var oldNames = OldNames.any

    /// What an SA may have been called before.
    package enum OldNames: Hashable, Sendable {
        case any
        /// Another address of the gateway, with the same SPI, and where nothing protects the address: ESP alone.
        case addressesOfESP
    }

    /// Whether packets of an SA are taken that come under the name that it had before.
    package func takes(_ old: SAIdentifier, as new: SAIdentifier) -> Bool {
        switch oldNames {
        case .any: true
        case .addressesOfESP: old.securityProtocol == .esp && old.spi == new.spi && old.realm == new.realm
        }
    }

    package init(
        suites: Set<AlgorithmSuite>, modes: Set<ProtocolMode>, extendedSequenceNumbers: Bool,
        largestReplayWindow: Int, freeCapacity: Int, egressMTU: UInt16
    ) {
        self.suites = suites
        self.modes = modes
        self.extendedSequenceNumbers = extendedSequenceNumbers
        self.largestReplayWindow = largestReplayWindow
        self.freeCapacity = freeCapacity
        self.egressMTU = egressMTU
    }
}
