package import ForwardingPath

/// Who a gateway is, and who it takes the caller for.
package struct GatewayDescription: Hashable, Sendable {
    /// The gateway's node.
    package var node: NodeName
    /// What the node is in the network.
    package var role: NodeRole
    /// The kind of its IPsec stack, in the word of its configuration file.
    package var stack: String
    /// Of the daemon.
    package var version: String
    /// Its clock when it answered.
    package var clock: ClockTime
    /// When the daemon started.
    package var started: ClockTime
    /// What the caller may do.
    package var callerRole: CallerRole
    /// What the audit trail calls the caller.
    package var callerName: String

    /// From its parts.
    package init(
        node: NodeName, role: NodeRole, stack: String, version: String, clock: ClockTime, started: ClockTime,
        callerRole: CallerRole, callerName: String
    ) {
        self.node = node
        self.role = role
        self.stack = stack
        self.version = version
        self.clock = clock
        self.started = started
        self.callerRole = callerRole
        self.callerName = callerName
    }
}
