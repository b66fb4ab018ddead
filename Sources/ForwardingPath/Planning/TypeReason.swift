/// Why an SA has its type: where its ends are, seen from G (draft section 5.1).
package struct TypeReason: Hashable, Sendable {
    /// The type.
    package let type: SAType
    /// G.
    package let gateway: NodeName
    /// The end that comes first on the previous path.
    package let near: NodeName
    /// The other end.
    package let far: NodeName

    /// From its parts.
    package init(type: SAType, gateway: NodeName, near: NodeName, far: NodeName) {
        (self.type, self.gateway, self.near, self.far) = (type, gateway, near, far)
    }

    /// A sentence without its full stop.
    ///
    /// - Parameter leaving: the gateways that its ends leave.
    package func sentence(leaving: [NodeName]) -> String { "\(places): \(consequence(leaving))" }

    private var places: String {
        switch type {
        case .one: "both ends, \(near) and \(far), are at or beyond \(place)"
        case .two: "\(near) keeps its end, and \(far) is at or beyond \(place)"
        case .three: "\(near) is before \(place), \(far) is not"
        case .four: "\(near) and \(far) are both before \(place)"
        case .five: "\(near) keeps its end, and \(far) is before \(place)"
        }
    }

    /// G by its name, and as what it is where it has another one.
    private var place: String { gateway.text == "G" ? "G" : "\(gateway) (G)" }

    private func consequence(_ leaving: [NodeName]) -> String {
        switch leaving.count {
        case 0: "nothing changes for it"
        case 1: "\(leaving[0])'s end moves"
        default: "both ends move"
        }
    }
}
