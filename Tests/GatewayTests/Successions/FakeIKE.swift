import ContextTransfer
import Gateway
import IPsec
import Synchronization

/// An IKE daemon that says what a test has it say, and does what it is asked for unless it is told to refuse.
final class FakeIKE: Sendable {
    private struct State {
        var asked: [String] = []
        var users: [IKEUser] = []
        var refusal: IKERefusal?
        var isElsewhere = false
    }

    private let state = Mutex(State())
    private let words: AsyncStream<IKEWord>
    private let telling: AsyncStream<IKEWord>.Continuation

    init() { (words, telling) = AsyncStream.makeStream() }

    /// What it was asked for, in order.
    var asked: [String] { state.withLock { $0.asked } }

    /// From now on it refuses everything.
    func refuse(_ sentence: String) { state.withLock { $0.refusal = IKERefusal(sentence) } }

    /// With whom it has SAs.
    func have(_ users: [IKEUser]) { state.withLock { $0.users = users } }

    /// Another gateway answers for the addresses by which users know this one, or no other does.
    func answer(elsewhere: Bool) { state.withLock { $0.isElsewhere = elsewhere } }

    func tell(_ word: IKEWord) { telling.yield(word) }

    private func take(_ request: String) throws(IKERefusal) {
        try state.withLock { state throws(IKERefusal) in
            state.asked.append(request)
            if let refusal = state.refusal { throw refusal }
        }
    }

    var daemon: IKEDaemon {
        IKEDaemon(
            words: words,
            renew: { identifiers async throws(IKERefusal) in
                try self.take("renew \(identifiers.map(\.spi.description).joined(separator: " "))")
            },
            negotiate: { child async throws(IKERefusal) in try self.take("negotiate \(child.connection) \(child.child)")
            },
            users: { () async throws(IKERefusal) in self.state.withLock { $0.users } },
            end: { user async throws(IKERefusal) in try self.take("end \(user.name)") },
            takeMessages: { try? self.take("take messages") },
            isElsewhere: { _ in self.state.withLock { $0.isElsewhere } })
    }
}
