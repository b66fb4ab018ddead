import Gateway
import ServiceLifecycle

/// The router daemon; it ends in order when the process is asked to.
struct DaemonService: Service, CustomStringConvertible {
    let daemon: RouterDaemon

    /// As the log calls it.
    var description: String { "router daemon" }

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await daemon.run() }
            group.addTask {
                try await gracefulShutdown()
                await daemon.finishMoves()
            }
            // Whichever ends first, the other ends with it.
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
