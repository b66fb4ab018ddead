package import ForwardingPath

/// Which node plays which role in one move. Contexts travel holder → previous router → new router → taker.
package struct MoveRoute: Hashable, Sendable {
    package let holder: NodeName
    package let source: NodeName
    package let target: NodeName
    package let taker: NodeName
    /// `nil` where the SAs' far end is no mobile node, or none that could be told.
    package let mobile: NodeName?

    package init(holder: NodeName, source: NodeName, target: NodeName, taker: NodeName, mobile: NodeName? = nil) {
        (self.holder, self.source, self.target, self.taker) = (holder, source, target, taker)
        self.mobile = mobile
    }

    /// The node that plays a role; `nil` where none does.
    package subscript(role: MoveRole) -> NodeName? {
        switch role {
        case .holder: holder
        case .source: source
        case .target: target
        case .taker: taker
        case .mobile: mobile
        }
    }
}
