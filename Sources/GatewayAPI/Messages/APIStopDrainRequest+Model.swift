package import ForwardingPath

extension APIStopDrainRequest: WireMessage {
    /// The message that stops the drain of a gateway.
    package init(_ model: NodeName) {
        self.init()
        gateway = model.text
    }

    /// The gateway.
    package var model: NodeName {
        get throws(MessageError) { try NodeName(gateway).valid("gateway", gateway) }
    }
}
