package import ForwardingPath
package import IPsec

/// What a holder and a taker say to each other where SAs are not transferred but negotiated anew, what is asked before, and
/// what key management at one of them did with SAs that moved.
/// Each may be repeated: it is then answered again, not carried out again.
package struct RenewalMessage: Equatable, Sendable {
    package let id: MoveID
    package let sender: NodeName
    package let receiver: NodeName
    package let content: Content

    package init(id: MoveID, sender: NodeName, receiver: NodeName, content: Content) {
        (self.id, self.sender, self.receiver, self.content) = (id, sender, receiver, content)
    }

    package enum Content: Equatable, Sendable {
        /// Could you take these?
        case survey([AssociationOffer])
        case surveyed(TakerWord)
        /// Negotiate these in my place.
        case order(RenewalTask)
        /// The new SAs can receive here; the other end sends to them once their packets are passed on to me.
        case ready([SAIdentifier])
        /// The packets of these are: of all that the taker said are ready.
        case forwarding([SAIdentifier])
        /// Both ends use the new SAs: end the old ones.
        case renewed([SAIdentifier])
        /// It comes to nothing.
        case refused(MoveReason)
        /// Of SAs that you took from me: key management here renewed them, and the new ones are about to follow.
        case succession([Succession])
        /// Of SAs that you took from me: key management here ended them.
        case ended([SAIdentifier])
        /// Of SAs that I took from you: have key management renew them.
        case renew([SAIdentifier])
        /// I am leaving: have your own key management negotiate these with their users.
        case takeOver([ConfiguredChild])
        /// I have left: what users say to key management is for yours.
        case left
        /// It is done, or begun.
        case done
    }
}
