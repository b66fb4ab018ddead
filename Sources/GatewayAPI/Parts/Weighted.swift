import ForwardingPath
import IPsec

/// Something that is sent in a list, counted by how long its message is: 1 is a few hundred octets.
protocol Weighted {
    /// At least 1.
    var weight: Int { get }
}

extension ReportedAssociation: Weighted {
    var weight: Int { 1 }
}

extension Policy: Weighted {
    var weight: Int { 1 + selectors.count / 4 }
}

extension ReportedPath: Weighted {
    var weight: Int { 1 + path.previous.count / 16 }
}

extension ReportedMove: Weighted {
    var weight: Int { 1 + names.count / 4 }
}

extension ReportedEvent: Weighted {
    var weight: Int { 1 + associations.count / 4 }
}

extension GatewayChange: Weighted {
    var weight: Int {
        switch kind {
        case .association, .associationRemoved, .traffic, .policyRemoved, .pathRemoved, .stack, .drain: 1
        case .policy(let policy, _): policy.weight
        case .path(let path): path.weight
        case .move(let move): move.weight
        case .event(let event): event.weight
        }
    }
}

extension Array where Element: Weighted {
    /// The sum.
    var weight: Int { reduce(0) { $0 + $1.weight } }
}
