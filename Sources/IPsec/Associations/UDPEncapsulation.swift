/// The UDP ports between which ESP travels (RFC 3948).
package struct UDPEncapsulation: Hashable, Sendable {
    package var source: UInt16
    package var destination: UInt16

    package init(source: UInt16 = 4500, destination: UInt16 = 4500) {
        (self.source, self.destination) = (source, destination)
    }
}
