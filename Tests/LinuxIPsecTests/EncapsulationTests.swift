import CLinuxXfrm
import Glibc
import IPsec
import LinuxIPsec
import Testing

@Suite("Sockets for ESP in UDP")
struct EncapsulationTests {
    private static let own = IPAddress(v4: 192, 0, 2, 1)
    private static let far = IPAddress(v4: 192, 0, 2, 2)

    /// Whether this process may have the kernel take ESP in UDP.
    private static let isPossible: Bool = {
        let sockets = EncapsulationSockets()
        sockets.open(for: [state(at: freePort())], addresses: [own])
        return !sockets.places.isEmpty
    }()

    /// An SA that receives in UDP at a port.
    private static func state(at port: UInt16, from source: IPAddress = far, to destination: IPAddress = own)
        -> XfrmState
    {
        var state = XfrmState(spi: 0x1234, source: source, destination: destination, securityProtocol: 50, mode: 1)
        state.encapsulation = XfrmState.Encapsulation(type: 2, sourcePort: 4_500, destinationPort: port)
        return state
    }

    /// A socket at a port of all IPv4 addresses, as an IKE daemon has it; `nil` where somebody does not share it.
    private static func listener(at port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func port(of descriptor: Int32) -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func freePort() -> UInt16 {
        guard let descriptor = listener(at: 0) else { return 0 }
        defer { close(descriptor) }
        return port(of: descriptor)
    }

    @Test("a port that somebody has is left to him, and so is what is not for this gateway or not in UDP")
    func others() throws {
        let listener = try #require(Self.listener(at: 0))
        defer { close(listener) }
        let sockets = EncapsulationSockets()
        var plain = Self.state(at: Self.freePort())
        plain.encapsulation = nil
        let outbound = Self.state(at: Self.freePort(), from: Self.own, to: Self.far)
        sockets.open(for: [Self.state(at: Self.port(of: listener)), plain, outbound], addresses: [Self.own])
        #expect(sockets.places == [])
    }

    @Test(
        "there is one socket for a port and a family, and an IKE daemon that starts later shares it",
        .enabled(if: isPossible, "it needs CAP_NET_ADMIN and a kernel with XFRM"))
    func opened() throws {
        let port = Self.freePort()
        let (own6, far6) = (try #require(IPAddress("2001:db8::1")), try #require(IPAddress("2001:db8::2")))
        let sockets = EncapsulationSockets()
        for _ in 0..<2 {
            sockets.open(
                for: [Self.state(at: port), Self.state(at: port, from: far6, to: own6)], addresses: [Self.own, own6])
        }
        #expect(sockets.places.contains(EncapsulationSockets.Place(port: port, family: .v4)))
        #expect(sockets.places.allSatisfy { $0.port == port })
        let daemon = Self.listener(at: port)
        #expect(daemon != nil)
        daemon.map { _ = close($0) }
    }
}
