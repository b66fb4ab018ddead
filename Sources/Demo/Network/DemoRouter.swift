import Gateway
import Synchronization
import UserspaceIPsec

/// One node of the demo that takes part: its stack and its daemon, which can be killed and come back as a process would: with its
/// journal, and without its stack's SAs.
final class DemoRouter: Sendable {
    private struct Parts {
        var stack: UserspaceStack
        var daemon: RouterDaemon
        /// Ends the run under way.
        var killing: AsyncStream<Void>.Continuation?
    }

    private let parts: Mutex<Parts>
    private let makeParts: @Sendable () throws -> (UserspaceStack, RouterDaemon)

    /// - Parameter makeParts: makes a stack and a daemon on it, also again after a kill.
    init(_ makeParts: @escaping @Sendable () throws -> (UserspaceStack, RouterDaemon)) throws {
        let (stack, daemon) = try makeParts()
        parts = Mutex(Parts(stack: stack, daemon: daemon))
        self.makeParts = makeParts
    }

    var stack: UserspaceStack { parts.withLock { $0.stack } }
    var daemon: RouterDaemon { parts.withLock { $0.daemon } }

    /// Ends the daemon at once, wherever it is; it comes back by itself.
    func kill() { parts.withLock { $0.killing }?.yield() }

    /// How often a daemon that came back may find its port taken, and how long it waits each time.
    private static let patience = (attempts: 50, pause: Duration.milliseconds(100))

    /// Runs until cancelled; `started` is told each time that a daemon begins to run, before it is heard of.
    func run(started: @escaping @Sendable (UserspaceStack, RouterDaemon) async throws -> Void) async throws {
        var attempts = 0
        while !Task.isCancelled {
            do {
                try await runOnce(started)
                attempts = 0
            } catch  where attempts > 0 && attempts < Self.patience.attempts {
                // The port that consoles know is not free yet.
                try await Task.sleep(for: Self.patience.pause)
            }
            guard !Task.isCancelled else { return }
            attempts += 1
            let (stack, daemon) = try makeParts()
            parts.withLock { $0 = Parts(stack: stack, daemon: daemon) }
        }
    }

    /// Runs stack and daemon until one of them ends, or they are killed.
    private func runOnce(
        _ started: @escaping @Sendable (UserspaceStack, RouterDaemon) async throws -> Void
    ) async throws {
        let (kills, killing) = AsyncStream.makeStream(of: Void.self)
        let (stack, daemon) = parts.withLock { parts in
            parts.killing = killing
            return (parts.stack, parts.daemon)
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await stack.run()
                return false
            }
            group.addTask {
                try await daemon.run()
                return false
            }
            group.addTask {
                try await started(stack, daemon)
                return true
            }
            group.addTask {
                for await _ in kills { return false }
                return false
            }
            // Whichever ends first ends the others, as the end of a process does.
            while let isGoingOn = try await group.next(), isGoingOn {}
            group.cancelAll()
        }
    }
}
