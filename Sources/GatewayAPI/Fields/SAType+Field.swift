import ForwardingPath

extension SAType {
    /// The type that a field's number, 1 to 5, stands for.
    init(field: String, _ number: UInt32) throws(MessageError) {
        self = try SAType(rawValue: Int(number)).valid(field, number)
    }
}
