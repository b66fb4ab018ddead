/// Why a message that came over the API cannot be read; the field is named as in `gateway.proto`.
package enum MessageError: Error, Hashable, Sendable {
    /// A field that has to be there is not.
    case missing(field: String)
    /// A field has a number that stands for no word here: the other side is newer, or wrong.
    case unknownWord(field: String, number: Int)
    /// A field has a value that it must not have.
    case invalid(field: String, value: String)
}

extension MessageError: CustomStringConvertible {
    /// One sentence; what came is shown with control characters escaped, and shortened.
    package var description: String {
        switch self {
        case .missing(let field): "the field \(field) is missing"
        case .unknownWord(let field, let number): "the field \(field) has the unknown number \(number)"
        case .invalid(let field, let value):
            "the field \(field) has the wrong value \(String(value.prefix(80)).debugDescription)"
        }
    }
}
