// Its headers and Glibc share some: the compiler takes `SOCK_DGRAM` for that one's which it met first.
import CLinuxXfrm
import Foundation
import Glibc
import IPsec

/// Datagrams from one of the two nodes to the other.
enum StackPackets {
    private static let port: UInt16 = 7_777

    /// How many of some datagrams arrive within a third of a second of the last one.
    static func exchange(_ count: Int) async throws -> Int {
        let receiver = try await Namespace.within(Stack.there.namespace) { try socket(Stack.address(2), port) }
        defer { close(receiver) }
        try await send(count, to: Stack.address(2))
        return try await Namespace.within(Stack.there.namespace) {
            var (came, buffer) = (0, [UInt8](repeating: 0, count: 64))
            while recv(receiver, &buffer, buffer.count, 0) > 0 { came += 1 }
            return came
        }
    }

    /// Sends some datagrams to an address, which need not be anybody's.
    static func send(_ count: Int, to address: IPAddress) async throws {
        let sender = try await Namespace.within(Stack.here.namespace) { try socket(Stack.address(1), 0) }
        defer { close(sender) }
        var target = name(address, port)
        for _ in 0..<count {
            withUnsafePointer(to: &target) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = sendto(
                        sender, [1, 2, 3, 4], 4, Int32(truncatingIfNeeded: MSG_DONTWAIT), $0,
                        socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
    }

    private static func socket(_ address: IPAddress, _ port: UInt16) throws -> Int32 {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var patience = timeval(tv_sec: 0, tv_usec: 333_000)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var own = name(address, port)
        let bound = withUnsafePointer(to: &own) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0 else { throw LabError.failed("\(address) is not there") }
        return descriptor
    }

    private static func name(_ address: IPAddress, _ port: UInt16) -> sockaddr_in {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.value).bigEndian
        return name
    }
}
