import NIOCore
import Synchronization

/// The connections that have not authenticated: so many at most, and then the oldest has to go.
final class Strangers: Sendable {
    private let limit: Int
    private let channels = Mutex<[any Channel]>([])

    /// Without any.
    init(limit: Int = 64) { self.limit = limit }

    /// A connection was accepted.
    func enter(_ channel: any Channel) {
        let oldest = channels.withLock { channels in
            channels.append(channel)
            return channels.count > limit ? channels.removeFirst() : nil
        }
        oldest?.close(promise: nil)
    }

    /// A connection has authenticated, or is gone.
    func leave(_ channel: any Channel) {
        channels.withLock { channels in channels.removeAll { $0 === channel } }
    }
}
