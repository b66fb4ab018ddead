extension APITraceReply: WireMessage {
    /// The message for a trace.
    package init(_ model: [TracedMessage]) {
        self.init()
        messages = model.map { APITracedMessage($0) }
    }

    /// The trace.
    package var model: [TracedMessage] {
        get throws(MessageError) { try messages.models }
    }
}
