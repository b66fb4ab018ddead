/// Why charon did not do or tell what it was asked.
package enum ViciFailure: Error, Hashable, Sendable {
    /// Nobody listens at that socket, or it may not be opened.
    case unreachable(path: String, reason: String)
    /// Charon closed the connection: it ends, or restarts. What was asked may still happen.
    case closed
    /// The connection broke.
    case broken(String)
    /// Charon did not answer in that time. What was asked may still happen.
    case timedOut(Duration)
    /// The task that asked was cancelled. What was asked may still happen.
    case cancelled
    /// What came, or what was to be sent, is not VICI.
    case malformed(ViciError)
    /// A packet that has no place where it came.
    case unexpected(String)
    /// This charon has no such command.
    case unknownCommand(String)
    /// This charon has no such event.
    case unknownEvent(String)
    /// Charon says no, in its own words.
    case refused(command: String, reason: String)
    /// An answer lacks something, or has something that cannot be.
    case unreadable(ReadingError)
}

extension ViciFailure: CustomStringConvertible {
    /// A sentence without its full stop.
    package var description: String {
        switch self {
        case .unreachable(let path, let reason): "charon cannot be reached at \(path): \(reason)"
        case .closed: "charon closed the connection"
        case .broken(let reason): "the connection to charon broke: \(reason)"
        case .timedOut(let limit): "charon did not answer within \(limit)"
        case .cancelled: "the question to charon was cancelled"
        case .malformed(let error): "not VICI: \(error)"
        case .unexpected(let packet): "charon sent \(packet) where it has no place"
        case .unknownCommand(let name): "charon does not know the command \(name)"
        case .unknownEvent(let name): "charon does not know the event \(name)"
        case .refused(let command, let reason): "charon refused \(command): \(reason)"
        case .unreadable(let error): "charon's answer cannot be read: \(error)"
        }
    }
}
