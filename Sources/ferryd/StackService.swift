import ServiceLifecycle
import UserspaceIPsec

/// The userspace stack.
struct StackService: Service {
    let stack: UserspaceStack

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await stack.run() }
    }
}
