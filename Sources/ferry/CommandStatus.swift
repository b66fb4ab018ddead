/// How a command ends when it is not with 0.
package enum CommandStatus: Int32, Hashable, Sendable {
    /// Some gateways did not answer; what is printed is of the others.
    case partial = 1
    /// Wrong arguments, or a file that cannot be used.
    case usage = 2
    /// No gateway answered.
    case unreachable = 3
    /// The gateway, or an operator, said no.
    case refused = 4
    /// The move failed.
    case failed = 5
    /// An operator aborted the move.
    case aborted = 6
}
