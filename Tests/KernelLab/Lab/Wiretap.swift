import CLinuxXfrm
import Foundation
import Glibc
import Synchronization

/// The ESP packets that a node gets, to be sent to it once more.
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

    private func listen() {
        let descriptor = socket(AF_INET, Int32(SOCK_RAW.rawValue), 50)
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while !isOver.load(ordering: .relaxed) {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { continue }
            packets.withLock { if $0.count < Self.limit { $0.append(Array(buffer[..<count])) } }
        }
        close(descriptor)
    }

    /// Sends packets from a node as they are, whoever they say they are from; how many were taken by the network.
    static func replay(_ packets: [[UInt8]], from namespace: String) async -> Int {
        await withCheckedContinuation { continuation in
            Namespace.detach(namespace) {
                let descriptor = socket(AF_INET, Int32(SOCK_RAW.rawValue), Int32(IPPROTO_RAW))
                var count = 0
                for packet in packets {
                    var address = sockaddr_in()
                    address.sin_family = sa_family_t(AF_INET)
                    withUnsafeMutableBytes(of: &address.sin_addr) { $0.copyBytes(from: packet[16..<20]) }
                    let sent = withUnsafePointer(to: &address) { pointer in
                        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                            sendto(descriptor, packet, packet.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                        }
                    }
                    if sent == packet.count { count += 1 }
                    usleep(100)
                }
                close(descriptor)
                continuation.resume(returning: count)
            }
        }
    }
}
