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

    /// The user's SAs that move, on any plane, and at how many gateways they are.
    func movingTogether(with association: ReportedAssociation) -> (names: [String], gateways: Int) {
        guard !association.user.isEmpty else { return ([], 0) }
        var (names, count): (Set<String>, Int) = ([], 0)
        for gateway in gateways where gateway.description.map({ $0.role != .mobileNode }) ?? false {
            let own = gateway.associations.identifiers.compactMap { gateway.associations[$0]?.reported }.filter {
                $0.user == association.user && $0.phase != .ended && ($0.type?.rawValue ?? 0) >= 3
            }
            if !own.isEmpty { count += 1 }
            names.formUnion(own.map(\.name))
        }
        return (names.sorted(), count)
    }
}
