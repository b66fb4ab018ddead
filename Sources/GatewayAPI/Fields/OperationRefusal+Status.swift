package import GRPCCore

/// A refusal goes over gRPC as a status, its sentence as the status's message.
extension OperationRefusal: RPCErrorConvertible {
    /// The status's code: NOT_FOUND, ABORTED, FAILED_PRECONDITION, PERMISSION_DENIED.
    package var rpcErrorCode: RPCError.Code {
        switch self {
        case .notFound: .notFound
        case .outOfDate: .aborted
        case .notPossible, .busy: .failedPrecondition
        case .notAllowed: .permissionDenied
        }
    }

    /// The sentence, cut at 1,000 characters so that it fits in a header.
    package var rpcErrorMessage: String { String(description.prefix(1_000)) }

    /// The refusal that a status stands for; `nil` for a status that is none.
    package init?(_ error: RPCError) {
        switch error.code {
        case .notFound: self = .notFound(error.message)
        case .aborted: self = .outOfDate
        case .failedPrecondition: self = .notPossible(error.message)
        case .permissionDenied: self = .notAllowed(error.message)
        default: return nil
        }
    }
}
