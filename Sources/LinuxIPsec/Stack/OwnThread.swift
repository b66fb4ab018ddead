internal import Foundation
internal import Synchronization

/// Work that waits for the system, on a thread of its own: the concurrency pool's threads are for what goes on.
enum OwnThread {
    /// Runs it until it returns. It is told, by the function that it is given, when the task is cancelled.
    static func run(_ body: @escaping @Sendable (_ isOver: () -> Bool) -> Void) async {
        let flag = Flag()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    body { flag.isSet.load(ordering: .relaxed) }
                    continuation.resume()
                }
            }
        } onCancel: {
            flag.isSet.store(true, ordering: .relaxed)
        }
    }

    /// What it gives.
    static func value<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }

    private final class Flag: Sendable {
        let isSet = Atomic(false)
    }
}
