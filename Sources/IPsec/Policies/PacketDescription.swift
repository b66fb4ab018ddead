/// The properties of a packet that policies look at.
package struct PacketDescription: Hashable, Sendable {
    package var source: IPAddress
    package var destination: IPAddress
    package var nextProtocol: UInt8
    /// `nil` where the protocol has none, or the packet is a later fragment.
    package var sourcePort: UInt16?
    package var destinationPort: UInt16?
    /// 0 to 63.
    package var dscp: UInt8

    package init(
        source: IPAddress, destination: IPAddress, nextProtocol: UInt8,
        sourcePort: UInt16? = nil, destinationPort: UInt16? = nil, dscp: UInt8 = 0
    ) {
        self.source = source
        self.destination = destination
        self.nextProtocol = nextProtocol
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
        self.dscp = dscp
    }
}
