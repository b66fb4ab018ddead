package import ContextTransfer
package import ForwardingPath
package import IPsec

/// What a new router was asked before: no sequence number of an address in its realm is taken twice, and no more than so many
/// requests a second (RFC 4067 sections 2.5.1 and 4). The previous router, whose word counts, keeps the numbers in its
/// journal.
package struct ActivationMemory {
    /// CT_REQUEST_RATE, in CTARs a second.
    package static let rate = 10
    /// How long an answer of the previous router is waited for while another user waits: CT_RETRY_MAX.
    package static let patience = Duration.seconds(15)
    /// How many sequence numbers are kept of an address; then the secret has to be another.
    private static let limit = 100_000

    private var seen: [MoveSubject: Set<UInt32>] = [:]
    private var times: [MoveSubject: [ContinuousClock.Instant]] = [:]
    private var asking: [Question: Asking] = [:]

    /// What a CTDR answers: it names the previous address, and no realm.
    private struct Question: Hashable {
        let address: IPAddress
        let router: NodeName
    }

    private struct Asking {
        let mobile: NodeName
        let isAnswered: Bool
        let since: ContinuousClock.Instant
    }

    /// Of a router that was asked nothing.
    package init() {}

    /// Whether the number is new, which it is no longer then; `false` also once there are too many of them.
    package mutating func take(_ sequence: UInt32, of subject: MoveSubject) -> Bool {
        guard seen[subject, default: []].count < Self.limit else { return false }
        return seen[subject, default: []].insert(sequence).inserted
    }

    /// Whether one more request is allowed now.
    package mutating func isAllowed(_ subject: MoveSubject, now: ContinuousClock.Instant = .now) -> Bool {
        times[subject, default: []].removeAll { now - $0 >= .seconds(1) }
        guard times[subject, default: []].count < Self.rate else { return false }
        times[subject, default: []].append(now)
        return true
    }

    /// A mobile node's request is handed on to a router; `false`, and it must not be, while that router has not answered one
    /// of another mobile node's with the same address, whose answer could not be told from this one's.
    package mutating func hand(
        on address: IPAddress, to router: NodeName, of mobile: NodeName, isAnswered: Bool,
        now: ContinuousClock.Instant = .now
    ) -> Bool {
        let question = Question(address: address, router: router)
        if let other = asking[question], other.mobile != mobile, now - other.since < Self.patience { return false }
        asking[question] = Asking(mobile: mobile, isAnswered: isAnswered, since: now)
        return true
    }

    /// A router answered the request for an address: whom to tell it; `nil` where nobody waits for it.
    package mutating func answered(_ address: IPAddress, by router: NodeName) -> NodeName? {
        let asking = asking.removeValue(forKey: Question(address: address, router: router))
        return asking.flatMap { $0.isAnswered ? $0.mobile : nil }
    }
}
