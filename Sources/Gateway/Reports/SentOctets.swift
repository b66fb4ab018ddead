import ContextTransfer
import Synchronization

/// How much was sent for each move since somebody last took the count.
final class SentOctets: Sendable {
    private let counts = Mutex<[MoveID: Int]>([:])

    func add(_ octets: Int, for id: MoveID) { counts.withLock { $0[id, default: 0] += octets } }

    /// The counts, which begin anew.
    func take() -> [MoveID: Int] {
        counts.withLock { counts in
            defer { counts = [:] }
            return counts
        }
    }
}
