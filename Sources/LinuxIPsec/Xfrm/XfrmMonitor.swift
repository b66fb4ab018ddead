internal import CLinuxXfrm
internal import Synchronization

/// Hears the kernel's notifications: of SAs and policies that others add, change and delete, of lifetimes, and of SAs that
/// are wanted.
package final class XfrmMonitor: Sendable {
    private let socket: NetlinkSocket
    /// Whether something was heard since ``takeNews()``.
    private let hasHeard = Atomic(false)

    /// How long it waits before it looks whether it is over, in milliseconds.
    private static let patience: Int32 = 100

    /// - Parameter bufferOctets: room for what was not read yet.
    package init(bufferOctets: Int32 = 1 << 23) throws(NetlinkError) {
        let groups = [XFRMNLGRP_ACQUIRE, XFRMNLGRP_EXPIRE, XFRMNLGRP_SA, XFRMNLGRP_POLICY]
        socket = try NetlinkSocket(
            protocol: NETLINK_XFRM, groups: groups.map(\.rawValue), bufferOctets: bufferOctets)
    }

    /// Whether SAs or policies may be others than when this was asked last: also by what was told and not yet read.
    package func takeNews() -> Bool {
        hasHeard.exchange(false, ordering: .acquiringAndReleasing) || socket.wait(milliseconds: 0)
    }

    /// Tells what comes, until it is over; for a thread of its own. What only says that something is new is told once for all
    /// that is there.
    package func read(until isOver: () -> Bool, _ tell: (XfrmEvent) -> Void) {
        while !isOver() {
            guard socket.wait(milliseconds: Self.patience) else { continue }
            var (hasChanged, isBehind) = (false, false)
            repeat {
                // Before it is taken from the socket, where ``takeNews()`` would see it.
                hasHeard.store(true, ordering: .releasing)
                do throws(NetlinkError) {
                    guard let events = try socket.receive(XfrmEvent.all) else { break }
                    for event in events {
                        if case .changed = event { hasChanged = true } else { tell(event) }
                    }
                } catch {
                    // Whatever was lost, or could not be understood.
                    isBehind = true
                }
            } while !isOver()
            if isBehind { tell(.overrun) } else if hasChanged { tell(.changed) }
        }
    }
}
