package import ForwardingPath
package import IPsec

/// A policy of the operator for everybody: never moved (draft section 7.1).
package struct PolicyEntry: Hashable, Sendable {
    /// Unique in the file.
    package let name: String
    /// Where it is in force; `nil`: at every access router and security gateway, as the draft expects.
    package let nodes: [NodeName]?
    /// As seen from the node.
    package let direction: Direction
    /// The traffic that it is for; at least one.
    package let selectors: [TrafficSelector]
    /// What happens to that traffic.
    package let action: PolicyAction
    /// The SA of the file that protects the traffic; there exactly when the action is to protect.
    package let association: String?

    /// Whether the policy is in force at a node.
    package func applies(to node: Node) -> Bool { nodes?.contains(node.name) ?? node.role.takesAssociations }
}
