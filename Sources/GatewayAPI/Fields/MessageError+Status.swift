package import GRPCCore

/// A request that cannot be read is answered with INVALID_ARGUMENT and the sentence.
extension MessageError: RPCErrorConvertible {
    /// INVALID_ARGUMENT.
    package var rpcErrorCode: RPCError.Code { .invalidArgument }
    /// The sentence.
    package var rpcErrorMessage: String { description }
}
