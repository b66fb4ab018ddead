extension Optional {
    /// The value that was read from a field; throws ``MessageError/invalid(field:value:)`` when there is none.
    func valid(_ field: String, _ found: some CustomStringConvertible) throws(MessageError) -> Wrapped {
        guard let self else { throw .invalid(field: field, value: found.description) }
        return self
    }
}

extension String {
    /// What the text stands for, `nil` when it is empty; throws when it stands for nothing.
    func unlessEmpty<Value>(_ field: String, _ read: (String) -> Value?) throws(MessageError) -> Value? {
        isEmpty ? nil : try read(self).valid(field, self)
    }
}
