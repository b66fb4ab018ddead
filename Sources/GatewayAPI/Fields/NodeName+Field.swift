import ForwardingPath

extension NodeName {
    /// The node that a field names.
    init(field: String, _ text: String) throws(MessageError) {
        self = try NodeName(text).valid(field, text)
    }

    /// The nodes that a field names, in their order.
    static func list(field: String, _ texts: [String]) throws(MessageError) -> [NodeName] {
        var names: [NodeName] = []
        for text in texts { names.append(try NodeName(field: field, text)) }
        return names
    }
}
