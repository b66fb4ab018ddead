/// A mapping with known keys; a key without a value is as good as absent.
package struct YAMLMapping: Sendable {
    /// The mapping itself.
    package let value: YAMLValue
    let values: [String: YAMLValue]

    /// The value of a key that may be left out.
    package subscript(key: String) -> YAMLValue? { values[key] }

    /// The value of a key that must be there; `example` shows how it is written.
    package func required(_ key: String, example: String) throws(FileError) -> YAMLValue {
        if let found = values[key] { return found }
        let place = value.path.isEmpty ? "in the file" : "in \(value.path)"
        throw value.error("the key \"\(key)\" is missing \(place)", fix: "Add it, for example `\(key): \(example)`.")
    }
}
