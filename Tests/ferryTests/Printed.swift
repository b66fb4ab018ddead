import Synchronization
import ferry

/// What a command printed.
final class Printed: Sendable {
    private let text = Mutex((result: "", notes: [String]()))
    private let lines: AsyncStream<String>
    private let line: AsyncStream<String>.Continuation

    init() { (lines, line) = AsyncStream.makeStream() }

    /// The result.
    var result: String { text.withLock { $0.result } }
    /// The lines beside it.
    var notes: [String] { text.withLock { $0.notes } }

    /// Where a command writes; it cannot write more than `limit` results.
    func output(limit: Int = .max) -> Output {
        let count = Mutex(0)
        return Output(
            result: { [self] more in
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                guard number <= limit else { throw Full() }
                text.withLock { $0.result += more }
                line.yield(more)
            },
            note: { [self] note in
                text.withLock { $0.notes.append(note) }
                line.yield(note)
            })
    }

    /// Waits until something is printed that contains `text`.
    func waits(for text: String) async {
        for await line in lines where line.contains(text) { return }
    }

    struct Full: Error {}
}
