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

    /// A sleeper whose time has come, or who was cancelled.
    private struct Waking: Sendable {
        let sleeper: CheckedContinuation<Void, any Error>
        let isCancelled: Bool

        func callAsFunction() {
            if isCancelled { sleeper.resume(throwing: CancellationError()) } else { sleeper.resume() }
        }
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
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.map { Waking(sleeper: $0.continuation, isCancelled: false) }
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
                    let isCancelled = state.cancelled.remove(number) != nil
                    guard isCancelled || deadline <= state.now else {
                        state.sleepers[number] = Sleeper(deadline: deadline, continuation: continuation)
                        return []
                    }
                    return [Waking(sleeper: continuation, isCancelled: isCancelled)]
                }
            }
        } onCancel: {
            change { state in
                guard let sleeper = state.sleepers.removeValue(forKey: number) else {
                    state.cancelled.insert(number)
                    return []
                }
                return [Waking(sleeper: sleeper.continuation, isCancelled: true)]
            }
        }
    }

    /// Wakes whom `body` says, without the lock: who cancels a sleeper waits for it, and is waited for by who wakes one.
    private func change(_ body: (inout sending State) -> [Waking]) {
        let wakings = state.withLock { state in
            let wakings = body(&state)
            changing.yield(state.sleepers.values.map(\.deadline.offset).sorted())
            return wakings
        }
        for waking in wakings { waking() }
    }
}
