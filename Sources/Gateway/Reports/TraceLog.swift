package import ContextTransfer
package import GatewayAPI
import Synchronization

/// The messages that a gateway sent and received lately.
package final class TraceLog: Sendable {
    /// How many are kept.
    package static let limit = 5_000

    private let state = Mutex(State())

    private struct State {
        /// A ring, once it is full.
        var messages: [TracedMessage] = []
        var count: UInt64 = 0
    }

    /// Without messages.
    package init() {}

    /// Takes a message, with the next number and the time of now.
    package func take(_ message: TracedMessage) {
        state.withLock { state in
            var message = message
            state.count += 1
            (message.number, message.clock) = (state.count, .now)
            guard state.messages.count == Self.limit else { return state.messages.append(message) }
            state.messages[Int((state.count - 1) % UInt64(Self.limit))] = message
        }
    }

    /// Those that are kept, the oldest first; only those of one move where one is given.
    package func messages(of move: MoveID? = nil) -> [TracedMessage] {
        let kept = state.withLock { $0.messages }
        return kept.filter { move == nil || $0.move == move }.sorted { $0.number < $1.number }
    }
}
