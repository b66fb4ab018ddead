internal import CLinuxXfrm
package import IPsec

/// The kernel's question for an SA that a policy needs (`struct xfrm_user_acquire`).
package struct XfrmAcquire: Equatable, Sendable {
    package let source: IPAddress
    package let destination: IPAddress
    /// 50 ESP, 51 AH, and others.
    package let securityProtocol: UInt8
    /// The packet for which it is asked.
    package let selector: XfrmSelector
    package let policy: XfrmPolicy

    /// `sizeof(struct xfrm_user_acquire)`
    package static let octets = 24 + 16 + XfrmSelector.octets + XfrmPolicy.octets + 16

    /// Reads a message of type `XFRM_MSG_ACQUIRE`.
    package init(_ payload: ArraySlice<UInt8>) throws(NetlinkError) {
        guard payload.count >= Self.octets else { throw .truncated }
        var reader = KernelReader(payload.prefix(Self.octets))
        let destination = try reader.address()
        try reader.skip(4)
        securityProtocol = try reader.integer()
        try reader.skip(3)
        let source = try reader.address()
        selector = try XfrmSelector(&reader)
        // The policy's attributes, its templates, follow the whole.
        policy = try XfrmPolicy(try reader.octets(XfrmPolicy.octets) + payload.dropFirst(Self.octets))
        let family = policy.templates.first?.destination.family ?? selector.family ?? .v4
        (self.source, self.destination) = (source.address(family), destination.address(family))
    }
}
