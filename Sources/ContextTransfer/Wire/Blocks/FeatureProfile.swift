/// The feature profile types of our own. RFC 4067 leaves them to IANA, which has none for IPsec: all are
/// **experimental**. Each has P = 1; a field that is absent has its default.
package enum FeatureProfile: UInt16, Hashable, Sendable, CaseIterable {
    /// ``MoveIdentity``: the first block of every message of a move.
    case identity = 0xff00
    /// What an SA keeps for its life, with the keys.
    case staticContext = 0xff01
    /// What changes with each packet of an SA.
    case dynamicContext = 0xff02
    case policy = 0xff03
    case userProfile = 0xff04
    /// What a query says of itself.
    case query = 0xff05
    /// What a query says of one SA.
    case offer = 0xff06
    case verdict = 0xff07
    /// An SA that is asked for.
    case identifier = 0xff08
    case reason = 0xff09
    case settlement = 0xff0a
    case holderEnd = 0xff0b
    /// The operator who agreed.
    case approver = 0xff0c

    /// ``ExchangeIdentity``: the first block of every message of a negotiation.
    case exchange = 0xff20
    /// A nonce and a public key.
    case keyShare = 0xff21
    /// What an SA may be, or is.
    case suites = 0xff22
    /// The proof that an end heard the same as the other.
    case confirmation = 0xff23
    /// ``RenewalIdentity``: the first block of every message about SAs that a taker negotiates anew.
    case renewal = 0xff24
    /// What a gateway can.
    case abilities = 0xff25
    /// With whom new SAs are to be negotiated.
    case renewalTask = 0xff26
    /// What stays of an SA that is negotiated anew.
    case template = 0xff27
    /// A child SA as IKE daemons are configured for it.
    case child = 0xff28
    /// What a gateway tells of one of its SAs beside the offer.
    case origin = 0xff40
    /// A path that is sought or found.
    case path = 0xff41
    /// Where an SA is.
    case place = 0xff42

    /// What the far end of an SA is told.
    case update = 0xff30
    /// What an order says beside the gateways' own rules.
    case terms = 0xff60
    /// ``AuthorizationBlock``: beside the token of a CTAR or a CT-Req.
    case authorization = 0xff31
    /// ``SubjectBlock``: whom a new router's own CT-Req is about.
    case subject = 0xff32
}
