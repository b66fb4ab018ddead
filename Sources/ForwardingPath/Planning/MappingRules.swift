/// What is decided about the target of a gateway before any search.
struct MappingRules {
    let divergence: PathDivergence
    let plane: Plane
    let network: Network
    /// Whether any node in [NR, G) takes SAs.
    let hasTakers: Bool

    /// The targets of the node at that place of [PR, G).
    func choice(for index: Int) -> TargetChoice {
        let node = divergence.leaving[index]
        if let target = network.mappings[node] { return choice(for: node, mappedTo: target) }
        if index == 0 {
            let router = divergence.joining.first ?? divergence.gateway
            return choice(for: node, mappedTo: router)
        }
        if let stay = divergence.joining.firstIndex(of: node) { return .stays(stay) }
        return hasTakers ? .free : .none(.noCandidate(node, plane))
    }

    private func choice(for node: NodeName, mappedTo target: NodeName) -> TargetChoice {
        guard let index = divergence.joining.firstIndex(of: target) else {
            if divergence.common.contains(target) || divergence.secondRemoteNode == target {
                return .none(.mappedBeyondGateway(node, to: target, gateway: divergence.gateway))
            }
            return .none(.mappedOffPath(node, to: target, plane))
        }
        if node == target { return .stays(index) }
        let role = network.node(target)?.role ?? .router
        return role.takesAssociations ? .fixed(index) : .none(.mappedToRole(node, to: target, role))
    }
}
