/// Two nodes that reach each other directly.
package struct Link: Hashable, Sendable {
    /// One of them.
    package let first: NodeName
    /// The other.
    package let second: NodeName
    /// The largest IP packet that it carries, in octets; `nil` where nothing is said.
    package let mtu: UInt16?

    /// The MTUs that a link may have: RFC 791 wants 68, and nothing is larger than an IPv4 packet.
    package static let mtus = 68...Int(UInt16.max)

    /// A link between two nodes.
    package init(_ first: NodeName, _ second: NodeName, mtu: UInt16? = nil) {
        (self.first, self.second, self.mtu) = (first, second, mtu)
    }
}
