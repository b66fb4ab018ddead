package import IPsec

/// Why an SA is planned as it is, where its type alone does not say so.
package enum PlanReason: Hashable, Sendable {
    // The type is not known or not defined.
    case nextPathUnknown(Plane)
    case noPath(Plane)
    case noGateway(Plane, PathFault)
    case offPath(NodeName, Plane, path: [NodeName])
    case onePlace(NodeName, NodeName)

    // It stays although its type would move.
    case staticPolicy
    case onBothPaths([NodeName], Plane)

    // RN is two physical nodes.
    case remoteNodeChanges(from: NodeName, to: NodeName)

    // It cannot move (draft section 6.4).
    case mappedBeyondGateway(NodeName, to: NodeName, gateway: NodeName)
    case mappedOffPath(NodeName, to: NodeName, Plane)
    case mappedToRole(NodeName, to: NodeName, NodeRole)
    case noCandidate(NodeName, Plane)
    case bothEnds(at: NodeName)
    case unsupported(AlgorithmSuite, by: NodeName)
    case unsupportedByAll(AlgorithmSuite, from: NodeName, Plane)
    case full(NodeName, capacity: Int)
    /// Its stack has something of it that cannot be the same elsewhere.
    case obstructed(MoveObstacle)
    /// Another SA of its unit cannot move.
    case goesWithObstructed(String)
    /// What keeps it ends with a new SA.
    case renegotiatedBecause(MoveObstacle, at: NodeName)
    /// Another SA of its unit is negotiated anew.
    case renegotiatedWith(String, at: NodeName)

    // What the gateway said that would take it.
    case spiInUse(at: NodeName, SPIConflictPolicy)
    /// The gateway would have it negotiated anew, which cannot be done.
    case spiNotNegotiated(at: NodeName, because: NegotiationObstacle)
    /// The gateway would have to give it another SPI, which its stack cannot.
    case spiFixed(at: NodeName)
    /// The new gateway gives it another SPI, and the mobile node is told.
    case spiReassigned(at: NodeName)
    case renegotiatedFor(lacking: AlgorithmSuite, at: NodeName)
    case upgraded(to: AlgorithmSuite, at: NodeName)
    case refused(by: NodeName, String)
    /// Another SA of its unit has the SPI that is in use.
    case goesWithConflict(of: String, at: NodeName)
    /// Another SA of its unit is refused.
    case goesWithRefused(String, by: NodeName)
    /// Another SA of its user cannot move, and what is at several gateways moves together or not at all.
    case groupStays(for: String)
    /// An SA at another gateway is of the same bundle, which only the previous router can move whole.
    case partsBundle(with: String, at: NodeName, ask: NodeName)
}

extension PlanReason: CustomStringConvertible {
    /// A sentence without its full stop.
    package var description: String {
        switch self {
        case .nextPathUnknown(let plane):
            "the new \(plane.rawValue) path is not known yet"
        case .noPath(let plane):
            "the network has no \(plane.rawValue) path"
        case .noGateway(let plane, let fault):
            "the \(plane.rawValue) paths have no G: \(fault)"
        case .offPath(let node, let plane, let path):
            "\(node) is not on the previous \(plane.rawValue) path (\(path.map(\.text).joined(separator: ", ")))"
        case .onePlace(let first, let second) where first == second:
            "both ends are at \(first)"
        case .onePlace(let first, let second):
            "\(first) and \(second) are one logical remote node"
        case .staticPolicy:
            "it belongs to a static policy of the operator and stays"
        case .onBothPaths(let nodes, let plane):
            "\(nodes.map(\.text).joined(separator: " and ")) \(nodes.count == 1 ? "is" : "are") "
                + "before G on both \(plane.rawValue) paths, so nothing has to move"
        case .remoteNodeChanges(let old, let new):
            "it ends at the remote node, which is \(old) on the previous path and \(new) on the new one"
        case .mappedBeyondGateway(let node, let target, let gateway):
            "\(node) maps to \(target), but SAs can move only to gateways before \(gateway), the G of the paths"
        case .mappedOffPath(let node, let target, let plane):
            "\(node) maps to \(target), which is not on the new \(plane.rawValue) path"
        case .mappedToRole(let node, let target, let role):
            "\(node) maps to \(target), which takes no SAs because its role is \(role.rawValue)"
        case .noCandidate(let node, let plane):
            "no gateway before G on the new \(plane.rawValue) path can take the SAs of \(node)"
        case .bothEnds(let node):
            "both ends would be at \(node)"
        case .unsupported(let suite, let node):
            "\(node) does not support \(suite): choose another gateway, or renegotiate"
        case .unsupportedByAll(let suite, let node, let plane):
            "no gateway on the new \(plane.rawValue) path that can take the SAs of \(node) supports \(suite): renegotiate"
        case .spiInUse(let node, .deny):
            "its SPI is in use at \(node), which denies it"
        case .spiInUse(let node, .renegotiate):
            "its SPI is in use at \(node), which negotiates a new SA: the old one ends when the new one is used"
        case .spiInUse(let node, .reassign):
            "its SPI is in use at \(node): it gets another only where its gateway receives it, and the mobile node can be told"
        case .spiNotNegotiated(let node, let obstacle):
            "its SPI is in use at \(node), and no new SA can be negotiated: \(obstacle)"
        case .spiFixed(let node):
            "its SPI is in use at \(node), whose stack takes an SA's packets by one SPI alone: it cannot give it another"
        case .spiReassigned(let node):
            "its SPI is in use at \(node), which gives it another"
        case .renegotiatedFor(let suite, let node):
            "\(node) does not support \(suite), so a new SA is negotiated there with what both ends have"
        case .upgraded(let suite, let node):
            "a new SA with \(suite) is negotiated at \(node), as the user's profile prefers"
        case .refused(let node, let reason):
            "\(node) refuses it: \(reason)"
        case .goesWithConflict(let name, let node):
            "it goes with \(name), whose SPI is in use at \(node)"
        case .goesWithRefused(let name, let node):
            "it goes with \(name), which \(node) refuses"
        case .groupStays(let name):
            "\(name) of the same user cannot move, and what moves at several gateways moves together or not at all"
        case .partsBundle(let name, let node, let router):
            "one of its bundle goes through the other with \(name) at \(node), and a bundle moves whole: "
                + "have \(router) move it (ferry move --via \(router))"
        case .obstructed(let obstacle):
            "it cannot move: \(obstacle.reason)"
        case .goesWithObstructed(let name):
            "it goes with \(name), which cannot move"
        case .renegotiatedBecause(let obstacle, let node):
            "a new SA is negotiated at \(node) in its place: \(obstacle.reason)"
        case .renegotiatedWith(let name, let node):
            "it goes with \(name), in whose place a new SA is negotiated at \(node)"
        case .full(let node, let capacity):
            "\(node) has no room: its capacity is \(capacity)"
        }
    }
}
