import ForwardingPath

extension MoveSelection {
    /// What three fields of a request select.
    init(names: [String], from: String, to: String) throws(MessageError) {
        guard !names.contains("") else { throw .invalid(field: "names", value: "") }
        self.init(
            names: names, from: try from.unlessEmpty("from") { NodeName($0) },
            to: try to.unlessEmpty("to") { NodeName($0) })
    }
}
