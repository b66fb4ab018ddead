import Gateway
import ServiceLifecycle

/// The router daemon; it ends in order when the process is asked to.
struct DaemonService: Service {
    let daemon: RouterDaemon

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await daemon.run() }
    }
}
