package import ForwardingPath

/// Which node plays which role in one move. Contexts travel holder → previous router → new router → taker.
package struct MoveRoute: Hashable, Sendable {
    package let holder: NodeName
    package let source: NodeName
    package let target: NodeName
    package let taker: NodeName

    package init(holder: NodeName, source: NodeName, target: NodeName, taker: NodeName) {
        (self.holder, self.source, self.target, self.taker) = (holder, source, target, taker)
    }

    /// The node that plays a role.
    package subscript(role: MoveRole) -> NodeName {
        switch role {
        case .holder: holder
        case .source: source
        case .target: target
        case .taker: taker
        }
    }
}
