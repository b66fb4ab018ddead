/// Why SAs that would have to be negotiated anew cannot be.
package enum NegotiationObstacle: Hashable, Sendable {
    /// Both gateways would be others, and a negotiation takes the place of one.
    case bothEndsMove
    /// The plan is that of the previous router, and the gateway that has them can have them negotiated.
    case atAnotherGateway(NodeName)
    /// It is of a bundle at several gateways: a new SA at one of them would part it.
    case partOfBundle
    /// There is nobody at the other end to negotiate with.
    case noDaemonAtOtherEnd
}

extension NegotiationObstacle: CustomStringConvertible {
    /// A clause without full stop.
    package var description: String {
        switch self {
        case .bothEndsMove: "both of its ends move"
        case .atAnotherGateway(let node): "\(node) has it and could do so (ferry move with --from \(node))"
        case .partOfBundle:
            "its bundle is at several gateways, and a negotiation has one: end the bundle and have it made anew, or free the SPI"
        case .noDaemonAtOtherEnd: "its other end runs no daemon"
        }
    }
}
