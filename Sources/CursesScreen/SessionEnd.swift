internal import Glibc

/// Why a session ended.
package enum SessionEnd: Hashable, Sendable {
    /// The program wanted to.
    case quit(status: Int32)
    /// A signal asked for it: SIGINT, SIGTERM, SIGHUP or SIGQUIT.
    case signal(Int32)
    /// The terminal is gone.
    case terminalLost

    /// The status that a process conventionally exits with: that of the program, or 128 and the signal.
    package var exitStatus: Int32 {
        switch self {
        case .quit(let status): status
        case .signal(let number): 128 + number
        case .terminalLost: 128 + SIGHUP
        }
    }
}
