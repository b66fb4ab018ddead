/// Key management: negotiates new SAs with the node at their other end. IKE does it, or what stands in its place.
package protocol KeyExchange: Sendable {
    /// What came of negotiations, those that the other end began too; for one reader.
    var events: AsyncStream<KeyExchangeEvent> { get }
    /// Whether it is IKE: it renews SAs in time by itself, and needs no daemon of ours at their other end.
    var isIKE: Bool { get }
    /// Runs until cancelled.
    func run() async
    /// Negotiates new SAs in the place of others, and returns when both ends use them; the old ones end soon after.
    func renew(_ order: RenewalOrder) async throws(KeyExchangeFailure) -> [Renewal]
}

extension KeyExchange {
    /// What only daemons speak is not IKE.
    package var isIKE: Bool { false }
}
