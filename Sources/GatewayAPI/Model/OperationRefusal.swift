/// Why a gateway does not do what a caller asked for; with a sentence without its full stop.
package enum OperationRefusal: Error, Hashable, Sendable {
    /// There is no such SA, gateway or move.
    case notFound(String)
    /// The plan that the caller saw is no longer what would happen.
    case outOfDate
    /// It makes no sense as things stand, for example to approve a move that is over.
    case notPossible(String)
    /// Something else that is under way has to end first; over the API it is told as ``notPossible(_:)``.
    case busy(String)
    /// The caller may not do it.
    case notAllowed(String)
}

extension OperationRefusal: CustomStringConvertible {
    /// The sentence.
    package var description: String {
        switch self {
        case .notFound(let sentence), .notPossible(let sentence), .busy(let sentence), .notAllowed(let sentence):
            sentence
        case .outOfDate: "the plan is out of date: look at the new one first"
        }
    }
}
