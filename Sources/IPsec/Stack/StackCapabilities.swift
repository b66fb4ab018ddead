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
