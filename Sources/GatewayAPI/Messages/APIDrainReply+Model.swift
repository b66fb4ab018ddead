extension APIDrainReply: WireMessage {
    /// The message for a drain that began.
    package init(_ model: ReportedDrain) {
        self.init()
        drain = APIDrain(model)
    }

    /// How it stands.
    package var model: ReportedDrain {
        get throws(MessageError) {
            guard hasDrain else { throw .missing(field: "drain") }
            return try drain.model
        }
    }
}
