package import ForwardingPath

/// Which gateways must have a policy at the end of a scenario, each of them once and no other.
package struct PolicyExpectation: Hashable, Sendable {
    /// The policy's name: that of one in the file, or `up in` and `up out` for those of the SA `up`.
    package var name: String
    /// Whether it must be the operator's, or a user's; `nil` is not looked at.
    package var isStatic: Bool?
    /// The gateways.
    package var at: [NodeName]

    /// An expectation that looks at what is given.
    package init(name: String, isStatic: Bool? = nil, at: [NodeName]) {
        (self.name, self.isStatic, self.at) = (name, isStatic, at)
    }
}
