import Console

/// Why a command ends without a result.
package struct CommandFailure: Error, Hashable, Sendable {
    /// How it ends.
    package let status: CommandStatus
    /// What, where, and what to do: without a full stop at its end.
    package let reason: String

    /// From its parts.
    package init(_ status: CommandStatus, _ reason: String) {
        (self.status, self.reason) = (status, reason)
    }

    /// A request that came to nothing.
    init(_ failure: RequestFailure, at place: String) {
        self.init(failure.status, "\(place): \(failure)")
    }
}

extension RequestFailure {
    /// How a command ends for which this is all there is.
    var status: CommandStatus {
        switch self {
        case .refused: .refused
        case .credential: .usage
        case .unreachable, .untrusted, .incompatible: .unreachable
        }
    }
}
