import IPsec
import ServiceLifecycle
import UserspaceIPsec

/// The userspace stack.
struct StackService: Service {
    let stack: UserspaceStack
    /// The operator's own policies, which never move.
    let policies: [Policy]

    func run() async throws {
        try await stack.install([], policies: policies)
        try await cancelWhenGracefulShutdown {
            try await stack.run()
        }
    }
}
