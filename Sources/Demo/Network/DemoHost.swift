import IPPackets
import ForwardingPath
import Synchronization
import UserspaceIPsec

/// The host behind a node's stack: puts fragments together, and knows traffic from what routers say about it.
final class DemoHost: Sendable {
    private let name: NodeName
    private let account: TrafficAccount
    private let fragments = Mutex(FragmentReassembly())

    init(_ name: NodeName, account: TrafficAccount) { (self.name, self.account) = (name, account) }

    /// Takes a packet that was delivered here.
    func take(_ octets: [UInt8]) {
        guard let part = try? IPPacket(octets), let packet = fragments.withLock({ $0.take(part) }) else { return }
        if let notice = TooBigNotice(packet) {
            account.refused(notice, at: name)
        } else {
            account.arrived(packet, at: name)
        }
    }
}
