internal import Glibc
internal import IPsec

/// A nonblocking UDP socket whose datagrams are whole IP packets.
final class WireSocket: Sendable {
    /// The file descriptor; ``close()`` is the last thing that is done with it.
    let descriptor: CInt
    /// Where it is bound, with the port that the system chose.
    let endpoint: WireEndpoint

    /// The largest datagram that IPv4 can carry in UDP.
    static let largestPacket = 65_507
    private static let bufferOctets: CInt = 4 << 20

    /// Opens and binds it.
    init(bindingTo wanted: WireEndpoint) throws(StackError) {
        let descriptor = socket(AF_INET, CInt(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Self.failure("socket") }
        for option in [SO_RCVBUF, SO_SNDBUF] {
            // As much as the system allows: less is not an error.
            var octets = Self.bufferOctets
            setsockopt(descriptor, SOL_SOCKET, option, &octets, socklen_t(MemoryLayout<CInt>.size))
        }
        var address = Self.address(wanted)
        let bound = Self.withGeneric(&address) { bind(descriptor, $0, $1) }
        guard bound == 0 else {
            let failure = Self.failure("bind to \(wanted)")
            Glibc.close(descriptor)
            throw failure
        }
        var actual = sockaddr_in()
        var count = socklen_t(MemoryLayout<sockaddr_in>.size)
        let named = withUnsafeMutablePointer(to: &actual) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &count) }
        }
        guard named == 0 else {
            let failure = Self.failure("getsockname")
            Glibc.close(descriptor)
            throw failure
        }
        self.descriptor = descriptor
        endpoint = Self.endpoint(actual)
    }

    /// Sends one packet; `false` when the system did not take it, as a full network would not.
    func send(_ packet: [UInt8], to endpoint: WireEndpoint) -> Bool {
        var address = Self.address(endpoint)
        return Self.withGeneric(&address) { name, count in
            packet.withUnsafeBytes { sendto(descriptor, $0.baseAddress, $0.count, 0, name, count) } == packet.count
        }
    }

    /// The next packet and its sender; `nil` when there is none at the moment.
    func receive(into buffer: UnsafeMutableRawBufferPointer) -> (packet: [UInt8], sender: WireEndpoint)? {
        var name = sockaddr_in()
        while true {
            var nameCount = socklen_t(MemoryLayout<sockaddr_in>.size)
            let count = withUnsafeMutablePointer(to: &name) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(descriptor, buffer.baseAddress, buffer.count, 0, $0, &nameCount)
                }
            }
            if count >= 0 { return (Array(buffer[..<count]), Self.endpoint(name)) }
            if errno != EINTR { return nil }
        }
    }

    /// Gives the descriptor back; nothing may use the socket any more.
    func close() { _ = Glibc.close(descriptor) }

    private static func address(_ endpoint: WireEndpoint) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = endpoint.port.bigEndian
        address.sin_addr.s_addr = endpoint.address.bigEndian
        return address
    }

    private static func endpoint(_ address: sockaddr_in) -> WireEndpoint {
        WireEndpoint(address: UInt32(bigEndian: address.sin_addr.s_addr), port: UInt16(bigEndian: address.sin_port))
    }

    private static func withGeneric<Result>(
        _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func failure(_ what: String) -> StackError {
        .system("\(what): \(String(cString: strerror(errno)))")
    }
}
