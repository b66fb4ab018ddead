package import GatewayAPI

/// Who asks something of the gateway.
package struct Caller: Hashable, Sendable {
    /// What the audit trail calls them: the name in their certificate, or "local root".
    package let name: String
    /// What they may do.
    package let role: CallerRole

    /// From its parts.
    package init(name: String, role: CallerRole) {
        (self.name, self.role) = (name, role)
    }
}

extension Caller: CustomStringConvertible {
    /// For example `operator alice`.
    package var description: String { "\(role.rawValue) \(name)" }
}
