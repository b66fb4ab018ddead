import ForwardingPath

extension APIDescription: WireMessage {
    /// The message for a gateway.
    package init(_ model: GatewayDescription) {
        self.init()
        node = model.node.text
        role = APINodeRole(model.role)
        stack = model.stack
        version = model.version
        clockMs = model.clock.milliseconds
        startedMs = model.started.milliseconds
        callerRole = APICallerRole(model.callerRole)
        callerName = model.callerName
    }

    /// The gateway.
    package var model: GatewayDescription {
        get throws(MessageError) {
            GatewayDescription(
                node: try NodeName(field: "node", node), role: try role.model("role"), stack: stack, version: version,
                clock: try ClockTime(field: "clock_ms", clockMs),
                started: try ClockTime(field: "started_ms", startedMs),
                callerRole: try callerRole.model("caller_role"), callerName: callerName)
        }
    }
}
