package import ForwardingPath
package import IPsec

/// One SA of a network file, said once for both ends.
package struct AssociationEntry: Hashable, Sendable {
    /// Unique in the file.
    package let name: String
    /// The name of the entry that stands for it and others; `nil` where it has an entry of its own.
    package var family: String?
    /// The plane whose paths decide its type; data where the file does not say.
    package let plane: Plane
    /// The sender.
    package let from: NodeName
    /// The receiver.
    package let to: NodeName
    /// What its packets are known by: the SPI, the receiver's address, protocol and realm.
    package let identifier: SAIdentifier
    /// The sender's address, of the same family as the receiver's.
    package let source: IPAddress
    /// Tunnel where the file does not say.
    package let mode: ProtocolMode
    /// The algorithms, which always protect integrity.
    package var suite: AlgorithmSuite
    /// `nil`: the receiver has anti-replay off.
    package let replayWindowSize: Int?
    /// Off where the file does not say.
    package let extendedSequenceNumbers: Bool
    /// When it is to be renegotiated.
    package var softLifetime: Lifetime
    /// When it ends.
    package var hardLifetime: Lifetime
    /// As in the file; where it says nothing, the traffic between the ends of the plane's path that goes this way.
    package let selectors: [TrafficSelector]
    /// What its sender had learned of the path before; `nil`: nothing.
    package let pathMTU: PathMTU?
    /// The last sequence number that its sender used, and its receiver had, before; 0: none.
    var lastSent: UInt64 = 0
    /// `nil`: straight in IP.
    package let encapsulation: UDPEncapsulation?
    /// The user's own, or the operator's.
    package let origin: PolicyOrigin

    /// The user's name; empty for an SA of the operator's.
    package var user: String {
        switch origin {
        case .static: ""
        case .user(let name): name
        }
    }

    /// The SA as a plan sees it.
    package var spec: AssociationSpec {
        AssociationSpec(name: name, plane: plane, from: from, to: to, suite: suite, mode: mode, origin: origin)
    }

    /// The SA as one of its ends has it, fresh: the sender outbound, the receiver inbound.
    package func association(_ direction: Direction, keys: KeyedSuite) -> SecurityAssociation {
        precondition(keys.suite == suite, "The keys of an SA have to be for its own suite.")
        var attributes = StaticAttributes(mode: mode, keys: keys)
        attributes.extendedSequenceNumbers = extendedSequenceNumbers
        attributes.replayWindowSize = replayWindowSize
        attributes.softLifetime = softLifetime
        attributes.hardLifetime = hardLifetime
        attributes.selectors = selectors
        attributes.encapsulation = encapsulation
        var association = SecurityAssociation(
            name: name, user: user, identifier: identifier, source: source, direction: direction, attributes: attributes
        )
        if direction == .outbound {
            (association.state.pathMTU, association.state.lastSent) = (pathMTU, SequenceNumber(lastSent))
        } else if let size = replayWindowSize, lastSent > 0 {
            var all = [UInt32](repeating: 0, count: (size + 31) / 32)
            for back in 0..<Int(min(UInt64(size), lastSent)) { all[back / 32] |= 1 << UInt32(back % 32) }
            association.state.window = ReplayWindow(size: size, highest: SequenceNumber(lastSent), bitmap: all)
        }
        return association
    }
}
