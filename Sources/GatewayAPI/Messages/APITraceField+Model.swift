extension APITraceField: WireMessage {
    /// The message for a traced field.
    package init(_ model: TracedField) {
        self.init()
        name = model.name
        value = model.value
        bytes = model.bytes
    }

    /// The field; any message stands for one.
    package var model: TracedField {
        get throws(MessageError) { TracedField(name: name, value: value, bytes: bytes) }
    }
}
