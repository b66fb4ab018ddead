import Gateway
import ServiceLifecycle

/// Tells a supervisor when the daemon listens, that it is alive, and that it ends.
struct SupervisorService: Service {
    let supervisor: Supervisor
    let daemon: RouterDaemon

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            _ = try await daemon.cxtpPort
            _ = try await daemon.apiPort
            supervisor.tell(.ready)
            // Twice in its time, as sd_watchdog_enabled(3) asks for. A daemon that hangs answers nothing.
            while true {
                try await Task.sleep(for: supervisor.watchdog.map { $0 / 2 } ?? .seconds(86_400))
                _ = await daemon.describe()
                if supervisor.watchdog != nil { supervisor.tell(.watchdog) }
            }
        }
        supervisor.tell(.stopping)
        // A daemon that cannot listen ends by itself, and says why.
        try? await gracefulShutdown()
    }
}
