import ContextTransfer
import Gateway
import IPsec
import ServiceLifecycle
import UserspaceIPsec

/// The userspace stack, and what it tells of its SAs.
struct StackService: Service {
    let stack: UserspaceStack
    let daemon: RouterDaemon
    /// The operator's own policies, which never move.
    let policies: [Policy]

    func run() async throws {
        try await stack.install([], policies: policies)
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await stack.run() }
                group.addTask {
                    for await event in stack.events {
                        switch event {
                        case .softLifetimeReached(let identifier):
                            await daemon.associationsChanged([identifier], .associationChanged)
                        case .ended(let identifier, _): await daemon.associationsChanged([identifier], .expired)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
