package import ForwardingPath
package import IPsec

/// What a machine asks of its owner, who carries actions out in order, each one finished before the next.
package enum MoveAction: Equatable, Sendable {
    case send(MoveMessage, to: MoveRole)
    /// Make the record durable.
    case record(MoveRecord)
    /// Feed `deadlinePassed` after that time, in place of an earlier deadline; `nil` means never.
    case setDeadline(Duration?)
    /// Note the start of a phase.
    case enter(MovePhase)
    /// Ask an operator here to agree.
    case askApproval

    /// Read the static contexts; answer `read` or `failed`.
    case read([SAIdentifier])
    /// Take the SAs out of service and read their final state in one step; answer `quiesced` or `failed`.
    case quiesce([SAIdentifier])
    /// Put quiesced SAs back in force; answer `resumed` or `failed`.
    case resume([SAIdentifier])
    /// Say what stands against these SAs here, whose far end knows the gateway so, where the order may say what to do with
    /// an SPI in use; answer `checked`.
    case check([AssociationOffer], GatewayIdentity, SPIConflictPolicy?)
    /// The same of SAs with what they are to be installed with: also whether their policies could be put in force; answer
    /// `checked`.
    case examine(MoveContexts)
    /// Hold packets for these SAs until they are installed; answer `held`, or `failed` where they cannot be.
    case hold(MoveContexts)
    /// Stop holding packets; they go back to the holder.
    case forget([SAIdentifier])
    /// Put the SAs in force with these numbers; answer `installed` or `failed`.
    case install(MoveContexts, [DynamicAttributes], elapsed: Duration)
    /// End the SAs here and destroy their keys: at the holder those that this move took out of service, at the taker
    /// those that it installed, never a copy that a later move brought. The holder goes on forwarding late packets when `forwarding`.
    case remove([SAIdentifier], forwarding: Bool)
    /// Give the gateway of SAs here another name; answer `updated` or `failed`.
    case update([GatewayUpdate])
    /// The far end of the SAs knows their new names: forget the old ones when no packet bears them any more.
    case retireOldNames([SAIdentifier])
    /// Turn the traffic to this node; answer `redirected`.
    case redirect([SAIdentifier])
    /// Ask the key management to negotiate anew, and tell the operator why.
    case renegotiate([SAIdentifier], MoveReason)
    /// The machine is done; its owner may drop it.
    case finish
}
