// Its headers and Glibc share some: the compiler takes `SOCK_DGRAM` for that one's which it met first.
import CLinuxXfrm
import Foundation
import Glibc
import IPsec
import LinuxIPsec
import Synchronization

/// Numbered datagrams from one node to another, at a rate, and what of them arrives.
final class Flow: Sendable {
    /// An end: a namespace, and an address there.
    struct End: Sendable {
        let namespace: String
        let address: IPAddress
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

    private static let lastPort = Atomic<UInt16>(9_000)

    /// From MN to the server and back, through the SAs of a child; ports are their own.
    static func pair(through child: Charon.Child, rate: Int) -> [Flow] {
        let mobile = End(namespace: "MN", address: child.mobile)
        let server = End(namespace: "SRV", address: child.server)
        let port = lastPort.add(2, ordering: .relaxed).newValue
        return [
            Flow(from: mobile, to: server, port: port, rate: rate),
            Flow(from: server, to: mobile, port: port + 1, rate: rate),
        ]
    }

    /// Begins to receive, and then to send.
    init(from source: End, to destination: End, port: UInt16, rate: Int) {
        interval = UInt32(1_000_000 / rate)
        Namespace.detach(destination.namespace) { [self] in receive(destination.address, port) }
        Namespace.detach(source.namespace) { [self] in send(source.address, destination.address, port) }
    }

    /// Forgets the longest gap so far.
    func beginAnew() { arrivals.withLock { $0.longest = 0 } }

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

    private func receive(_ address: IPAddress, _ port: UInt16) {
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

    private func send(_ source: IPAddress, _ destination: IPAddress, _ port: UInt16) {
        let descriptor = Self.socket(source, 0)
        while !isListening.load(ordering: .acquiring) { usleep(1_000) }
        var number: UInt32 = 0
        while !isOver.load(ordering: .relaxed) {
            number += 1
            var packet = [UInt8](repeating: 0, count: Self.octets)
            for index in 0..<4 { packet[index] = UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * index)) }
            let result = destination.withSocketAddress(port: port) {
                sendto(descriptor, packet, packet.count, 0, $0, $1)
            }
            if result == packet.count { sent.add(1, ordering: .relaxed) } else { number -= 1 }
            usleep(interval)
        }
    }

    private static func socket(_ address: IPAddress, _ port: UInt16) -> Int32 {
        let descriptor = Glibc.socket(address.socketFamily, Int32(SOCK_DGRAM.rawValue), 0)
        var octets: Int32 = 1 << 22
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &octets, socklen_t(MemoryLayout<Int32>.size))
        let bound = address.withSocketAddress(port: port) { bind(descriptor, $0, $1) }
        guard bound == 0 else { fatalError("\(address) is not there: \(String(cString: strerror(errno)))") }
        return descriptor
    }
}
