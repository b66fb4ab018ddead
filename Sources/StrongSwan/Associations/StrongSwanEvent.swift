/// What happens in charon.
package enum StrongSwanEvent: Hashable, Sendable {
    /// From now on no event is missed. What happened before is read with ``StrongSwan/associations(within:)``.
    case connected(StrongSwanVersion?)
    /// Charon ended, or was never there; it is tried again.
    case disconnected(ViciFailure)
    case ikeUp(IKEAssociation)
    /// It has no child SAs in the event; each of them has an event of its own.
    case ikeDown(IKEAssociation)
    /// The child SAs of the old one go on under the new one.
    case ikeRekeyed(old: IKEAssociation, new: IKEAssociation)
    /// The IKE SA has only the one child SA in the event.
    case childUp(IKEAssociation)
    case childDown(IKEAssociation)
    /// The IKE SA has the old child SA and the new one in the event, in this order.
    case childRekeyed(IKEAssociation, old: ChildAssociation, new: ChildAssociation)
    /// Something happened that cannot be told: the associations have to be read again.
    case unreadable(event: String, ReadingError)
    /// Nobody took the events for so long that the oldest were dropped: the associations have to be read again.
    case missed
}
