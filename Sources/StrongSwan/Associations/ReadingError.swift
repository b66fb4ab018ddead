/// Why a message of charon's is not what its name says.
package enum ReadingError: Error, Hashable, Sendable {
    /// A value that has to be there is not.
    case missing(String, in: String)
    /// A value that cannot be.
    case badValue(String, in: String, text: String)
    /// No section where there has to be one.
    case noSection(in: String)
}

extension ReadingError: CustomStringConvertible {
    /// A sentence without its full stop.
    package var description: String {
        switch self {
        case .missing(let name, let place): "\(place) has no \(name)"
        case .badValue(let name, let place, let text): "\(name) of \(place) cannot be \(text)"
        case .noSection(let place): "\(place) has no section"
        }
    }
}
