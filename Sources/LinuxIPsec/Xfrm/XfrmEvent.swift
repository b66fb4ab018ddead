internal import CLinuxXfrm

/// What the kernel tells without being asked.
package enum XfrmEvent: Sendable {
    /// SAs or policies are others than they were: whoever did it, and however many.
    case changed
    /// A limit of an SA's lifetime was reached; with a hard one it has ended.
    case expired(XfrmState, isHard: Bool)
    /// A packet has a policy and no SA: key management is asked for one.
    case acquire(XfrmAcquire)
    /// Notifications were lost: what is known has to be read again.
    case overrun

    /// What notifications tell.
    package static func all(in messages: [NetlinkMessage]) throws(NetlinkError) -> [XfrmEvent] {
        var events: [XfrmEvent] = []
        for message in messages {
            switch Int(message.type) {
            case XFRM_MSG_EXPIRE:
                // struct xfrm_user_expire: the SA, and whether the limit was the hard one; attributes follow.
                var rest = KernelReader(message.payload.dropFirst(XfrmState.octets))
                let state = try XfrmState(message.payload.prefix(XfrmState.octets))
                events.append(.expired(state, isHard: try rest.integer(UInt8.self) != 0))
            case XFRM_MSG_ACQUIRE: events.append(.acquire(try XfrmAcquire(message.payload)))
            case XFRM_MSG_NEWSA, XFRM_MSG_UPDSA, XFRM_MSG_DELSA,
                XFRM_MSG_FLUSHSA, XFRM_MSG_NEWPOLICY, XFRM_MSG_UPDPOLICY,
                XFRM_MSG_DELPOLICY, XFRM_MSG_FLUSHPOLICY, XFRM_MSG_POLEXPIRE:
                // What they are now is read where somebody wants to know.
                if case .changed? = events.last {} else { events.append(.changed) }
            default: break
            }
        }
        return events
    }
}
