package import IPsec
import NIOCore

/// Where routers speak plain TCP, without TLS: a network whose every host the operator trusts (draft section 8).
///
/// Who is at the other end is then what it says; that its address lies in the network is checked, and proves little.
package struct TrustedNetwork: Hashable, Sendable {
    /// The addresses of its hosts.
    package let ranges: [AddressRange]

    /// From the ranges that an operator declared.
    package init(_ ranges: [AddressRange]) { self.ranges = ranges }

    /// This machine alone.
    package static let loopback = TrustedNetwork(
        [
            AddressRange(prefix: IPAddress(v4: 127, 0, 0, 0), length: 8),
            AddressRange(IPAddress(family: .v6, value: 1)),
        ].compactMap(\.self))

    /// Whether a socket's address is one of its hosts'.
    func contains(_ address: SocketAddress?) -> Bool {
        guard let text = address?.ipAddress, let host = IPAddress(text)?.unmapped else { return false }
        return ranges.contains { $0.contains(host) }
    }
}
