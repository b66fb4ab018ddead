import CLinuxXfrm
import Foundation
import Glibc
import LinuxIPsec

/// Counts what passes on MN's link unprotected though SAs are to protect it: packets from or to inner addresses. The kernel
/// chooses them, so that all others cost next to nothing.
struct ClearTap: ~Copyable {
    private let descriptor: Int32

    /// The bridge's end of MN's link, on which all that gateways and MN send to each other outside is seen, either way.
    private static let link = "MNout"
    /// The first 16 bits of inner addresses: those of MN and those behind the gateways (`stage.sh`).
    private static let inner = (v4: [0x0a01, 0x0a02] as [UInt32], v6: [0xfd01, 0xfd02] as [UInt32])

    init() throws {
        // Of no protocol until it is bound: nothing comes unfiltered.
        descriptor = socket(AF_PACKET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        let isFiltered = Self.filter.attach(to: descriptor)
        var name = sockaddr_ll()
        name.sll_family = UInt16(AF_PACKET)
        name.sll_protocol = Wiretap.everything.bigEndian
        name.sll_ifindex = Int32(if_nametoindex(Self.link))
        let isBound = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_ll>.size)) == 0
            }
        }
        guard isFiltered, isBound else { throw LabError.failed("nobody can listen at \(Self.link)") }
    }

    deinit { close(descriptor) }

    /// How many there were since the last count, also those for which the socket had no room.
    func count() throws -> Int {
        var statistics = tpacket_stats()
        var size = socklen_t(MemoryLayout<tpacket_stats>.size)
        guard getsockopt(descriptor, SOL_PACKET, PACKET_STATISTICS, &statistics, &size) == 0 else {
            throw LabError.failed("the packets at \(Self.link) cannot be counted")
        }
        return Int(statistics.tp_packets)
    }

    /// By whom those were sent that the socket had room for, as the last octets of hardware addresses, and how many.
    func senders() -> [String: Int] {
        var senders: [String: Int] = [:]
        var (name, length) = (sockaddr_ll(), socklen_t(MemoryLayout<sockaddr_ll>.size))
        var octet: UInt8 = 0
        func isHeard() -> Bool {
            withUnsafeMutablePointer(to: &name) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(descriptor, &octet, 1, 0, $0, &length) > 0
                }
            }
        }
        while isHeard() {
            senders[String(format: "%02x:%02x", name.sll_addr.4, name.sll_addr.5), default: 0] += 1
        }
        return senders
    }

    private static let filter: PacketFilter = {
        // Source and destination, each of them a half-word at that place.
        func taking(_ values: [UInt32], at places: [UInt32]) -> [PacketFilter.Step] {
            var steps: [PacketFilter.Step] = []
            for place in places {
                steps.append(.load(.half, at: place))
                for value in values { steps += [.skip(1, unless: value), .take] }
            }
            return steps + [.drop]
        }
        let (four, six) = (taking(inner.v4, at: [12, 16]), taking(inner.v6, at: [8, 24]))
        let version: [PacketFilter.Step] = [.load(.octet, at: 0), .mask(0xf0)]
        return PacketFilter(
            version + [.skip(UInt8(four.count), unless: 0x40)] + four
                + [.skip(UInt8(six.count), unless: 0x60)] + six + [.drop])
    }()
}
