import Gateway
import ServiceLifecycle

/// The router daemon; it ends in order when the process is asked to.
struct DaemonService: Service, CustomStringConvertible {
    let daemon: RouterDaemon

    /// As the log calls it.
    var description: String { "router daemon" }

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await daemon.run() }
    }
}
