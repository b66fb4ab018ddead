/// Why a negotiation came to nothing; the raw value is its code on the wire.
package enum KeyExchangeFailure: UInt8, Error, Hashable, Sendable, CaseIterable {
    /// The other end did not answer.
    case noAnswer = 1
    /// The other end has no such SAs, or they are out of service.
    case noAssociation = 2
    /// No suite that both ends have and that the user's profile allows.
    case noCommonSuite = 3
    /// The node may not replace these SAs.
    case notAllowed = 4
    /// The SAs are being negotiated, or moved, already.
    case busy = 5
    /// What the other end said does not fit what was said to it, or to what the SAs are here.
    case notAuthentic = 6
    /// The stack of an end did not take the SAs.
    case stack = 7
    /// The other end knows nothing of the negotiation, and now never will.
    case unknownExchange = 8
    /// The other end gave up.
    case abandoned = 9
}

extension KeyExchangeFailure: CustomStringConvertible {
    /// A sentence without its full stop.
    package var description: String {
        switch self {
        case .noAnswer: "the other end did not answer"
        case .noAssociation: "the other end does not have the SAs, or has them out of service"
        case .noCommonSuite: "there is no suite that both ends have and that the user's profile allows"
        case .notAllowed: "the other end does not let this node replace the SAs"
        case .busy: "the SAs are being negotiated or moved already"
        case .notAuthentic: "the two ends do not agree on what was said, or on what the SAs are"
        case .stack: "the IPsec stack of an end did not take the new SAs"
        case .unknownExchange: "the other end was restarted"
        case .abandoned: "the other end gave up"
        }
    }
}
