import ContextTransfer
import Gateway
import ServiceLifecycle
import UserspaceIPsec

/// The userspace stack, and what it tells of its SAs.
struct StackService: Service {
    let stack: UserspaceStack
    let daemon: RouterDaemon

    func run() async throws {
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
