package import IPsec

extension IKEAssociation {
    /// The kernel's SAs of one of its child SAs, as seen from this end; `realm` is the one that charon's addresses belong to.
    ///
    /// An inbound SA goes to this end's address, an outbound one to the far end's, as in charon's own calls to the
    /// kernel. What charon has no address or protocol for has no SA in the kernel yet.
    package func halves(of child: ChildAssociation, realm: Realm = .default) -> [(Direction, SAIdentifier)] {
        guard let securityProtocol = child.securityProtocol else { return [] }
        let halves = [
            (Direction.inbound, child.inbound, local.address), (.outbound, child.outbound, remote.address),
        ]
        return halves.compactMap { direction, spi, destination in
            guard let spi, let destination else { return nil }
            return (
                direction,
                SAIdentifier(spi: spi, destination: destination, securityProtocol: securityProtocol, realm: realm)
            )
        }
    }
}

extension [IKEAssociation] {
    /// The child SA that one of the kernel's SAs is a half of, and its IKE SA; `nil` where charon has it not.
    package func child(with identifier: SAIdentifier) -> (ike: IKEAssociation, child: ChildAssociation)? {
        for ike in self {
            for child in ike.children where ike.halves(of: child).contains(where: { $0.1 == identifier }) {
                return (ike, child)
            }
        }
        return nil
    }

    /// The SAs that one of the kernel's SAs may stand in the place of: those of the same direction, user and policies.
    package func predecessors(of identifier: SAIdentifier) -> [SAIdentifier] {
        guard let (own, child) = child(with: identifier), let requestID = child.reqid,
            let direction = own.halves(of: child).first(where: { $0.1 == identifier })?.0
        else { return [] }
        return flatMap { ike -> [SAIdentifier] in
            guard ike.user == own.user else { return [] }
            return ike.children.filter { $0.reqid == requestID && $0.name == child.name }.flatMap { other in
                ike.halves(of: other).filter { $0.0 == direction && $0.1 != identifier }.map(\.1)
            }
        }
    }
}
