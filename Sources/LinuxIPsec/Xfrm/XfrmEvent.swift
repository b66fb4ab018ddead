internal import CLinuxXfrm

/// What the kernel tells without being asked.
package enum XfrmEvent: Sendable {
    /// A limit of an SA's lifetime was reached; with a hard one it has ended.
    case expired(XfrmState, isHard: Bool)
    /// Notifications were lost: what is known has to be read again.
    case overrun
}

/// Hears the kernel's notifications.
package final class XfrmMonitor: Sendable {
    private let socket: NetlinkSocket

    private static let bufferOctets: Int32 = 1 << 23
    /// How long it waits before it looks whether it is over, in milliseconds.
    private static let patience: Int32 = 100

    package init() throws(NetlinkError) {
        socket = try NetlinkSocket(
            protocol: NETLINK_XFRM, groups: [XFRMNLGRP_EXPIRE.rawValue], bufferOctets: Self.bufferOctets)
    }

    /// Tells what comes, until it is over; for a thread of its own.
    package func read(until isOver: () -> Bool, _ tell: (XfrmEvent) -> Void) {
        while !isOver() {
            guard socket.wait(milliseconds: Self.patience) else { continue }
            do throws(NetlinkError) {
                while let events = try socket.receive(Self.events) { events.forEach(tell) }
            } catch {
                // Whatever was lost, or could not be understood.
                tell(.overrun)
            }
        }
    }

    /// What notifications tell.
    static func events(_ messages: [NetlinkMessage]) throws(NetlinkError) -> [XfrmEvent] {
        var events: [XfrmEvent] = []
        for message in messages where message.type == UInt16(XFRM_MSG_EXPIRE) {
            // struct xfrm_user_expire: the SA, and whether the limit was the hard one; attributes follow.
            var rest = KernelReader(message.payload.dropFirst(XfrmState.octets))
            events.append(
                .expired(
                    try XfrmState(message.payload.prefix(XfrmState.octets)), isHard: try rest.integer(UInt8.self) != 0))
        }
        return events
    }
}
