import ContextTransfer
import Gateway
import Synchronization

/// A journal in memory that can be made to fail.
final class Notebook: Sendable {
    struct Failure: Error {}

    private struct State {
        var notes: [MovePartyKey: MoveNote] = [:]
        var order: [MoveNote] = []
        var writes = true
        var reads = true
    }

    private let state = Mutex(State())

    /// Whether a note can be written.
    var writes: Bool {
        get { state.withLock { $0.writes } }
        set { state.withLock { $0.writes = newValue } }
    }

    /// Whether a note can be read.
    var reads: Bool {
        get { state.withLock { $0.reads } }
        set { state.withLock { $0.reads = newValue } }
    }

    /// All that was written, in its order.
    var records: [MoveRecord] { state.withLock { $0.order.map(\.record) } }

    /// The last notes of all parties, the oldest first.
    var notes: [MoveNote] {
        state.withLock { state in state.order.filter { state.notes[$0.key] == $0 } }
    }

    func keep(_ note: MoveNote) throws {
        try state.withLock { state in
            guard state.writes else { throw Failure() }
            state.order.append(note)
            state.notes[note.key] = note
        }
    }

    func note(_ key: MovePartyKey) throws -> MoveNote? {
        try state.withLock { state in
            guard state.reads else { throw Failure() }
            return state.notes[key]
        }
    }
}
