import Foundation
import Glibc
import LinuxIPsec
import Synchronization

/// Numbered datagrams from one node to another, at a rate, and what of them arrives.
final class Flow: Sendable {
    /// An end: a namespace, and an address there.
    struct End: Sendable {
        let namespace: String
        let address: String
    }

    /// The numbers of those that did not arrive, a few of them.
    var missing: [UInt32] {
        let total = UInt32(sent.load(ordering: .relaxed))
        return arrivals.withLock { arrivals in
            let counts = arrivals.counts
            return total == 0 ? [] : Array((1...total).filter { counts[$0] == nil }.prefix(20))
        }
    }

    struct Summary: Sendable {
        let sent: Int
        let lost: Int
        let duplicated: Int
        /// The longest time between two that arrive, less that between two that are sent, in milliseconds.
        let gap: Double
    }

    private struct Arrivals {
        var counts: [UInt32: Int] = [:]
        var last: UInt64 = 0
        var longest: UInt64 = 0
    }

    private let sent = Atomic(0)
    private let isOver = Atomic(false)
    private let isListening = Atomic(false)
    private let arrivals = Mutex(Arrivals())
    private let interval: UInt32

    private static let octets = 200

    /// Begins to receive, and then to send.
    init(from source: End, to destination: End, port: UInt16, rate: Int) {
        interval = UInt32(1_000_000 / rate)
        Namespace.detach(destination.namespace) { [self] in receive(destination.address, port) }
        Namespace.detach(source.namespace) { [self] in send(source.address, destination.address, port) }
    }

    /// Sends no more.
    func stop() { isOver.store(true, ordering: .relaxed) }

    var summary: Summary {
        let total = sent.load(ordering: .relaxed)
        return arrivals.withLock { arrivals in
            Summary(
                sent: total, lost: total - arrivals.counts.count,
                duplicated: arrivals.counts.values.reduce(0, +) - arrivals.counts.count,
                gap: Double(arrivals.longest) / 1e6 - Double(interval) / 1e3)
        }
    }

    private func receive(_ address: String, _ port: UInt16) {
        let descriptor = Self.socket(address, port)
        isListening.store(true, ordering: .releasing)
        var buffer = [UInt8](repeating: 0, count: 2_048)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 4 else { continue }
            let now = KernelTime.now.nanoseconds
            let number = buffer.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            arrivals.withLock { arrivals in
                arrivals.counts[number, default: 0] += 1
                if arrivals.last > 0 { arrivals.longest = max(arrivals.longest, now - arrivals.last) }
                arrivals.last = now
            }
        }
    }

    private func send(_ source: String, _ destination: String, _ port: UInt16) {
        let descriptor = Self.socket(source, 0)
        var address = Self.address(destination, port)
        while !isListening.load(ordering: .acquiring) { usleep(1_000) }
        var number: UInt32 = 0
        while !isOver.load(ordering: .relaxed) {
            number += 1
            var packet = [UInt8](repeating: 0, count: Self.octets)
            for index in 0..<4 { packet[index] = UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * index)) }
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    sendto(descriptor, packet, packet.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            if result == packet.count { sent.add(1, ordering: .relaxed) } else { number -= 1 }
            usleep(interval)
        }
    }

    private static func socket(_ address: String, _ port: UInt16) -> Int32 {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var octets: Int32 = 1 << 22
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &octets, socklen_t(MemoryLayout<Int32>.size))
        var name = self.address(address, port)
        let bound = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0 else { fatalError("\(address) is not there: \(String(cString: strerror(errno)))") }
        return descriptor
    }

    private static func address(_ text: String, _ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, text, &address.sin_addr)
        return address
    }
}
