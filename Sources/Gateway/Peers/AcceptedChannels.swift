import NIOCore
import Synchronization

/// The connections that a listener accepted, from before anybody serves them: one that comes while the listener ends is
/// closed with the others, or else its dialler would speak to nobody.
final class AcceptedChannels: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isOver = false
    }

    private let state = Mutex(State())

    /// Keeps a connection until it is closed; closes it where the listener has ended.
    func add(_ channel: any Channel) {
        let isOver = state.withLock { state in
            if !state.isOver { state.channels[ObjectIdentifier(channel)] = channel }
            return state.isOver
        }
        guard !isOver else { return channel.close(promise: nil) }
        channel.closeFuture.whenComplete { [self] _ in
            state.withLock { $0.channels[ObjectIdentifier(channel)] = nil }
        }
    }

    /// The listener ends: closes all that there are, and all that come.
    func end() {
        let channels = state.withLock { state in
            state.isOver = true
            return Array(state.channels.values)
        }
        for channel in channels { channel.close(promise: nil) }
    }
}
