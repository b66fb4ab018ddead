package import IPsec

/// Which packets an SA or a policy is for, as the kernel has it (`struct xfrm_selector`): prefixes and masked ports.
package struct XfrmSelector: Hashable, Sendable {
    /// `AF_INET` or `AF_INET6`; 0 where the selector matches anything.
    package var family: AddressFamily?
    package var source: IPAddress
    package var sourcePrefix: UInt8
    package var destination: IPAddress
    package var destinationPrefix: UInt8
    package var sourcePort: UInt16 = 0
    package var sourcePortMask: UInt16 = 0
    package var destinationPort: UInt16 = 0
    package var destinationPortMask: UInt16 = 0
    /// 0 for any.
    package var nextProtocol: UInt8 = 0
    /// 0 for any.
    package var interface: UInt32 = 0
    /// 0 for any.
    package var user: UInt32 = 0

    /// All packets of a family; of any, where it is `nil`.
    package init(all family: AddressFamily?) {
        self.family = family
        (sourcePrefix, destinationPrefix) = (0, 0)
        source = IPAddress(family: family ?? .v4, value: 0)
        destination = source
    }

    /// `sizeof(struct xfrm_selector)`
    package static let octets = 56

    package init(_ reader: inout KernelReader) throws(NetlinkError) {
        var body = KernelReader(try reader.octets(Self.octets))
        let (destination, source) = (try body.address(), try body.address())
        destinationPort = try body.networkInteger()
        destinationPortMask = try body.networkInteger()
        sourcePort = try body.networkInteger()
        sourcePortMask = try body.networkInteger()
        family = try AddressFamily(kernel: try body.integer())
        destinationPrefix = try body.integer()
        sourcePrefix = try body.integer()
        nextProtocol = try body.integer()
        try body.skip(3)
        interface = try body.integer()
        user = try body.integer()
        let family = family ?? .v4
        (self.source, self.destination) = (source.address(family), destination.address(family))
    }

    package func append(to writer: inout KernelWriter) {
        writer.address(destination)
        writer.address(source)
        writer.networkInteger(destinationPort)
        writer.networkInteger(destinationPortMask)
        writer.networkInteger(sourcePort)
        writer.networkInteger(sourcePortMask)
        writer.integer(family?.kernel ?? 0)
        writer.integer(destinationPrefix)
        writer.integer(sourcePrefix)
        writer.integer(nextProtocol)
        writer.zeros(3)
        writer.integer(interface)
        writer.integer(user)
    }
}

extension XfrmSelector: CustomStringConvertible {
    /// `10.1.0.0/24 to 10.2.0.0/24`, and what narrows it.
    package var description: String {
        let narrowing = [
            nextProtocol == 0 ? nil : "protocol \(nextProtocol)",
            sourcePortMask == 0 ? nil : "from port \(sourcePort)",
            destinationPortMask == 0 ? nil : "to port \(destinationPort)",
        ].compactMap(\.self)
        return (["\(source)/\(sourcePrefix) to \(destination)/\(destinationPrefix)"] + narrowing).joined(
            separator: ", ")
    }
}
