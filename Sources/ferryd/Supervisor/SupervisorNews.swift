/// What a supervisor is told of this process, in the words of sd_notify(3).
package enum SupervisorNews: Equatable, Sendable {
    /// It serves.
    case ready
    /// It reads its files anew; ``ready`` follows. The time is that of the monotonic clock, in microseconds.
    case reloading(microseconds: UInt64)
    /// It ends in order.
    case stopping
    /// It is alive.
    case watchdog

    /// A variable's name and value on each line.
    package var text: String {
        switch self {
        case .ready: "READY=1\n"
        case .reloading(let microseconds): "RELOADING=1\nMONOTONIC_USEC=\(microseconds)\n"
        case .stopping: "STOPPING=1\n"
        case .watchdog: "WATCHDOG=1\n"
        }
    }
}
