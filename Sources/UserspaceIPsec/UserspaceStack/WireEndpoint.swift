/// Where a node's socket is bound on the loopback network: the place of its interface on the virtual wire.
package struct WireEndpoint: Hashable, Sendable, CustomStringConvertible {
    /// An IPv4 loopback address as a number, most significant octet first: 127.0.0.1 is `0x7f00_0001`.
    package let address: UInt32
    /// 0 lets the system choose one.
    package let port: UInt16

    /// The endpoint at a loopback address and a port.
    package init(address: UInt32, port: UInt16) {
        (self.address, self.port) = (address, port)
    }

    /// For example `127.0.0.1:4500`.
    package var description: String {
        let octets = [24, 16, 8, 0].map { String(address >> UInt32($0) & 0xff) }
        return "\(octets.joined(separator: ".")):\(port)"
    }
}
