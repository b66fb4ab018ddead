package import ForwardingPath
package import IPsec

/// What the parties of a move say to each other. Every request may be repeated: it is then answered again, not
/// carried out again.
package enum MoveMessage: Equatable, Sendable {
    // Previous router → new router → taker.
    /// Can you take these?
    case query(MoveOffer)
    /// The static contexts (PCTD).
    case prepare(MoveContexts)
    /// The dynamic contexts by SA index (CTD), and how long the SAs have been out of service.
    case transfer([DynamicAttributes], elapsed: Duration)
    /// Never install this.
    case cancel(MoveReason)
    /// How does it stand? The answer is a ``Settlement`` for ever.
    case inquire
    /// End your copy: the SAs were ended at the holder. To a holder: end yours, since the others of its group moved.
    case destroy
    /// End your copy and ask for renegotiation: the group that the SAs moved with does not go through.
    case abandon(MoveReason)
    /// All is done: close your record.
    case release

    // Previous router ↔ new router, before the new path is known. It belongs to no move.
    /// Set up a path for these. It is answered with `found`, or `refused`.
    case seek(PathQuestion)
    /// The new path of that plane, which is set up.
    case found(Plane, [NodeName])

    // Taker → new router → previous router.
    /// What the taker says to a query, by SA index.
    case answer([Verdict])
    /// The operator at the new router agreed.
    case approved(by: String)
    /// What the taker says to `prepare`: all accepted means that they are held, not in force.
    case prepared([Verdict])
    /// How the move ended at the taker.
    case settled(Settlement)
    /// Traffic goes to the taker now.
    case redirected
    /// The taker's copy is gone.
    case destroyed
    /// The taker's record is closed.
    case released

    // Taker → new router → mobile node, and back.
    /// Your SAs' gateway has another name now: give it to them, and go on.
    case update([GatewayUpdate])
    /// I did, or not for that reason.
    case updated(MoveReason?)

    // Previous router ↔ holder.
    /// What SAs do you have? It belongs to no move.
    case survey
    /// The SAs that a gateway has.
    case surveyed([AssociationSummary])
    /// Lead this move: an operator here asked for it. It is answered with `answer`, all accepted, or `refused`.
    case request(MoveRequest)
    /// Give me the static contexts of these.
    case collect([SAIdentifier])
    /// The static contexts.
    case collected(MoveContexts)
    /// Take them out of service and give me their final state, which comes as `transfer`.
    case quiesce
    /// How the move ended at the holder.
    case closed(HolderEnd)
    /// I do not do that: from any party.
    case refused(MoveReason)
}
