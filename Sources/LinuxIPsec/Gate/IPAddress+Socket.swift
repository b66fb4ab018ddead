package import Glibc
package import IPsec

extension IPAddress {
    /// The system's words for it and a port (`struct sockaddr_in` or `sockaddr_in6`), lent to `body`.
    package func withSocketAddress<Result>(
        port: UInt16 = 0, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        let octets = octets
        switch family {
        case .v4:
            var name = sockaddr_in()
            (name.sin_family, name.sin_port) = (sa_family_t(AF_INET), port.bigEndian)
            withUnsafeMutableBytes(of: &name.sin_addr) { $0.copyBytes(from: octets) }
            return Self.lend(&name, body)
        case .v6:
            var name = sockaddr_in6()
            (name.sin6_family, name.sin6_port) = (sa_family_t(AF_INET6), port.bigEndian)
            withUnsafeMutableBytes(of: &name.sin6_addr) { $0.copyBytes(from: octets) }
            return Self.lend(&name, body)
        }
    }

    private static func lend<Name, Result>(
        _ name: inout Name, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<Name>.size)) }
        }
    }

    /// `AF_INET` or `AF_INET6`.
    package var socketFamily: Int32 { family == .v4 ? AF_INET : AF_INET6 }
}
