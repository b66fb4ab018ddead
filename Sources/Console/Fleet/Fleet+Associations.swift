import ForwardingPath
import GatewayAPI
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
}
