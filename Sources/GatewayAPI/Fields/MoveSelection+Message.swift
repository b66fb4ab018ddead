import ForwardingPath

extension MoveSelection {
    /// What four fields of a request select.
    init(names: [String], from: String, to: String, wholePath: Bool) throws(MessageError) {
        guard !names.contains("") else { throw .invalid(field: "names", value: "") }
        self.init(
            names: names, from: try from.unlessEmpty("from") { NodeName($0) },
            to: try to.unlessEmpty("to") { NodeName($0) }, wholePath: wholePath)
    }
}
