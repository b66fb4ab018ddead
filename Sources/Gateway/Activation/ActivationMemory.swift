package import ContextTransfer
package import ForwardingPath
package import IPsec

/// What a new router was asked before: the latest sequence numbers of an address in its realm are not taken twice, and no more
/// than so many requests a second (RFC 4067 sections 2.5.1 and 4). The previous router, whose word counts, keeps all the
/// numbers in its journal.
package struct ActivationMemory {
    /// CT_REQUEST_RATE, in CTARs a second.
    package static let rate = 10
    /// How long an answer of the previous router is waited for while another user waits: CT_RETRY_MAX.
    package static let patience = Duration.seconds(15)
    private var seen: [MoveSubject: RecentNumbers] = [:]
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
        /// Requests that the router has not answered.
        var count: Int
        /// When the last of them was handed on.
        var since: ContinuousClock.Instant
    }

    /// What becomes of a request.
    package enum Verdict: Hashable, Sendable {
        case handedOn
        /// Its number was used before.
        case usedBefore
        /// The router has not answered another one yet, whose answer could not be told from this one's.
        case askAgain
    }

    /// Of a router that was asked nothing.
    package init() {}

    /// Whether one more request is allowed now.
    package mutating func isAllowed(_ subject: MoveSubject, now: ContinuousClock.Instant = .now) -> Bool {
        times[subject, default: []].removeAll { now - $0 >= .seconds(1) }
        guard times[subject, default: []].count < Self.rate else { return false }
        times[subject, default: []].append(now)
        return true
    }

    /// A request for a mobile node's contexts may be handed on to a router: only then its number is used.
    ///
    /// - Parameters:
    ///   - sequence: its number; `nil` where the new router asks on its own.
    ///   - isAnswered: whether the mobile node is to be told what comes of it.
    package mutating func hand(
        on sequence: UInt32?, of subject: MoveSubject, to router: NodeName, for mobile: NodeName, isAnswered: Bool,
        now: ContinuousClock.Instant = .now
    ) -> Verdict {
        let question = Question(address: subject.address, router: router)
        let other = asking[question].flatMap { now - $0.since < Self.patience ? $0 : nil }
        if let other, other.mobile != mobile || other.isAnswered != isAnswered { return .askAgain }
        if let sequence, !seen[subject, default: RecentNumbers()].take(sequence) { return .usedBefore }
        asking[question] = Asking(
            mobile: mobile, isAnswered: isAnswered, count: (other?.count ?? 0) + 1, since: now)
        return .handedOn
    }

    /// A router answered a request for an address: whom to tell it; `nil` where nobody waits for it.
    package mutating func answered(_ address: IPAddress, by router: NodeName) -> NodeName? {
        let question = Question(address: address, router: router)
        guard let known = asking[question] else { return nil }
        asking[question]?.count -= 1
        if known.count == 1 { asking[question] = nil }
        return known.isAnswered ? known.mobile : nil
    }
}
