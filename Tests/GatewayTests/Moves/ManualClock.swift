import Synchronization

/// A clock that stands still until a test moves it on, and tells who sleeps by it.
final class ManualClock: Clock, Sendable {
    /// The time since the clock was made.
    struct Instant: InstantProtocol {
        let offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var lastNumber = 0
    }

    private let state = Mutex(State())
    private let changes: AsyncStream<[Duration]>
    private let changing: AsyncStream<[Duration]>.Continuation

    init() { (changes, changing) = AsyncStream.makeStream() }

    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .nanoseconds(1) }

    /// Moves on, and wakes whom it is time for.
    func advance(by duration: Duration) {
        change { state in
            state.now = state.now.advanced(by: duration)
            for (number, sleeper) in state.sleepers where sleeper.deadline <= state.now {
                state.sleepers[number] = nil
                sleeper.continuation.resume()
            }
        }
    }

    /// Waits until there is a sleeper for each of these times since the clock was made, and no other.
    func isSlept(until deadlines: [Duration]) async -> Bool {
        for await sleepers in changes where sleepers == deadlines { return true }
        return false
    }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                change { state in
                    if state.cancelled.remove(number) != nil {
                        continuation.resume(throwing: CancellationError())
                    } else if deadline <= state.now {
                        continuation.resume()
                    } else {
                        state.sleepers[number] = Sleeper(deadline: deadline, continuation: continuation)
                    }
                }
            }
        } onCancel: {
            change { state in
                if let sleeper = state.sleepers.removeValue(forKey: number) {
                    sleeper.continuation.resume(throwing: CancellationError())
                } else {
                    state.cancelled.insert(number)
                }
            }
        }
    }

    private func change(_ body: (inout sending State) -> Void) {
        state.withLock { state in
            body(&state)
            changing.yield(state.sleepers.values.map(\.deadline.offset).sorted())
        }
    }
}
