/// What happens to the traffic of a policy (RFC 4301 section 4.4.1).
package enum PolicyAction: UInt8, Hashable, Sendable, CaseIterable {
    case protect = 1
    case bypass = 2
    case discard = 3

    /// `protect`, `bypass` or `discard`.
    package var name: String {
        switch self {
        case .protect: "protect"
        case .bypass: "bypass"
        case .discard: "discard"
        }
    }
}
