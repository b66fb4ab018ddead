import CLinuxXfrm
import Foundation
import Glibc
import IPPackets
import IPsec
import LinuxIPsec
import Synchronization

/// The protected packets that a node gets, to be sent to it once more: ESP, and ESP in UDP.
final class Wiretap: Sendable {
    private let packets = Mutex<[[UInt8]]>([])
    private let isOver = Atomic(false)

    private static let limit = 5_000

    init(at namespace: String) {
        Namespace.detach(namespace) { [self] in listen() }
    }

    /// What was heard; it hears no more.
    func stop() -> [[UInt8]] {
        isOver.store(true, ordering: .relaxed)
        return packets.withLock { $0 }
    }

    /// `ETH_P_ALL`
    static let everything: UInt16 = 3

    private func listen() {
        let descriptor = socket(AF_PACKET, Int32(SOCK_DGRAM.rawValue), Int32(Self.everything.bigEndian))
        var wait = timeval(tv_sec: 0, tv_usec: 100_000)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var name = sockaddr_ll()
        while !isOver.load(ordering: .relaxed) {
            var length = socklen_t(MemoryLayout<sockaddr_ll>.size)
            let count = withUnsafeMutablePointer(to: &name) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(descriptor, &buffer, buffer.count, 0, $0, &length)
                }
            }
            guard count > 0, name.sll_pkttype == UInt8(PACKET_HOST) else { continue }
            let octets = Array(buffer[..<count])
            guard let packet = try? IPPacket(octets), packet.isProtected else { continue }
            packets.withLock { if $0.count < Self.limit { $0.append(octets) } }
        }
        close(descriptor)
    }

    /// Sends packets from a node as they are, whoever they say they are from; how many were taken by the network.
    static func replay(_ packets: [[UInt8]], from namespace: String) async throws -> Int {
        try await Namespace.within(namespace) {
            let descriptors = [AF_INET, AF_INET6].map { socket($0, Int32(SOCK_RAW.rawValue), Int32(IPPROTO_RAW)) }
            defer { descriptors.forEach { close($0) } }
            var count = 0
            for packet in packets {
                guard let destination = try? IPPacket(packet).destination else { continue }
                let descriptor = descriptors[destination.family == .v4 ? 0 : 1]
                let sent = destination.withSocketAddress(port: 0) {
                    sendto(descriptor, packet, packet.count, 0, $0, $1)
                }
                if sent == packet.count { count += 1 }
                usleep(100)
            }
            return count
        }
    }
}

extension IPPacket {
    /// ESP, or UDP at port 4500 that is not an IKE message.
    fileprivate var isProtected: Bool {
        if nextProtocol == SecurityProtocol.esp.rawValue { return true }
        guard nextProtocol == IPProtocol.udp, payload.count > 12 else { return false }
        let octets = Array(payload)
        return octets[2] == 0x11 && octets[3] == 0x94 && octets[8..<12].contains { $0 != 0 }
    }
}
