/// What the two ends of SAs say to each other to negotiate new ones. Each request may be repeated: it is then answered
/// again, not carried out again.
package struct KeyExchangeMessage: Hashable, Sendable {
    package let id: KeyExchangeID
    /// The nodes that speak and that are spoken to.
    package let sender: String
    package let receiver: String
    package let content: Content

    package init(id: KeyExchangeID, sender: String, receiver: String, content: Content) {
        (self.id, self.sender, self.receiver, self.content) = (id, sender, receiver, content)
    }

    package enum Content: Hashable, Sendable {
        /// The first round: which SAs are to be replaced, and the initiator's share of the secret.
        case hello([SAIdentifier], KeyShare)
        /// The responder's share.
        case share(KeyShare)
        /// The second round: what the SAs may be, each in the order of the first message.
        case proposal([AssociationProposal], confirmation: [UInt8])
        /// What they are; the responder can receive through them.
        case choice([AssociationChoice], confirmation: [UInt8])
        /// The initiator sends through the new SAs: use them too, and end the old ones.
        case inUse
        /// The responder does.
        case usedToo
        /// It comes to nothing.
        case refused(KeyExchangeFailure)
    }
}
