/// What a node is in the network (draft section 4); the raw value is its word in files.
package enum NodeRole: String, Hashable, Sendable, CaseIterable {
    /// MN.
    case mobileNode = "mobile-node"
    /// AR: PR or NR.
    case accessRouter = "access-router"
    /// SG.
    case securityGateway = "security-gateway"
    /// Forwards packets and takes no SAs.
    case router
    /// RN.
    case remoteNode = "remote-node"

    /// Whether SAs can be moved to a node of this role.
    package var takesAssociations: Bool { self == .accessRouter || self == .securityGateway }
    /// Whether packets for others pass through a node of this role.
    package var passesPackets: Bool { self != .mobileNode && self != .remoteNode }
    /// Whether a router daemon runs on a node of this role.
    package var runsDaemon: Bool { self != .remoteNode }
}
