import Foundation

/// A JSON document, read by the names of nested keys; of a list its first element.
struct JSONReport {
    private let root: Any

    /// Reads all of a text; throws when it is not one JSON document.
    init(_ text: String) throws { root = try JSONSerialization.jsonObject(with: Data(text.utf8)) }

    /// The value at `associations.spi.before`, in words; `nil` where there is none.
    subscript(path: String) -> String? {
        var value: Any? = root
        for key in path.split(separator: ".") {
            value = (Self.first(value) as? [String: Any])?[String(key)]
        }
        return Self.first(value).map { "\($0)" }
    }

    private static func first(_ value: Any?) -> Any? {
        guard let list = value as? [Any] else { return value }
        return list.first
    }
}
