package import ForwardingPath

extension APIRelocation: WireMessage {
    /// The message for an end that moves.
    package init(_ model: Relocation) {
        self.init()
        from = model.from.text
        to = model.to.text
    }

    /// The end that moves.
    package var model: Relocation {
        get throws(MessageError) {
            Relocation(from: try NodeName(field: "from", from), to: try NodeName(field: "to", to))
        }
    }
}
