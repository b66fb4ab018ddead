import GatewayAPI
import ForwardingPath
import IPsec

extension Fleet {
    /// The SA of that key.
    package func association(_ key: AssociationKey) -> MirroredAssociation? {
        self[key.gateway]?.associations[key.identifier]
    }

    /// Where an SA is to be moved from: the gateway that has it, not the mobile node at its other end.
    package func holder(of key: AssociationKey) -> GatewayMirror? {
        guard let own = self[key.gateway], own.description?.role == .mobileNode else { return self[key.gateway] }
        let others = gateways.filter { other in
            other.label != own.label && other.associations[key.identifier] != nil
        }
        return others.first { !$0.isStale } ?? others.first ?? own
    }

    /// The names of the SAs that move with one, itself first: the other direction between the same two ends.
    package func unit(of key: AssociationKey) -> [String] {
        guard let gateway = self[key.gateway], let own = gateway.associations[key.identifier]?.reported else {
            return []
        }
        let all = gateway.associations.identifiers.compactMap { gateway.associations[$0]?.reported }
        let along = all.filter { $0.isAlike(own) && $0.source == own.source && $0.destination == own.destination }
        let back = all.filter { $0.isAlike(own) && $0.source == own.destination && $0.destination == own.source }
        guard let place = along.firstIndex(where: { $0.identifier == own.identifier }), place < back.count else {
            return [own.name]
        }
        return [own.name, back[place].name]
    }
}

extension ReportedAssociation {
    /// The outer destination address.
    fileprivate var destination: IPAddress { identifier.destination }

    /// Whether both could be directions of one pair but for their ends.
    fileprivate func isAlike(_ other: ReportedAssociation) -> Bool {
        mode == other.mode && user == other.user
            && identifier.securityProtocol == other.identifier.securityProtocol
            && identifier.realm == other.identifier.realm
    }
}
