/// Where a service listens: a host and a TCP port.
package struct Endpoint: Hashable, Sendable {
    /// A DNS name or an address without brackets.
    package let host: String
    /// A TCP port; 0 where any free one will do.
    package let port: UInt16

    /// From its parts.
    package init(host: String, port: UInt16) {
        (self.host, self.port) = (host, port)
    }
}

extension Endpoint: CustomStringConvertible {
    /// `HOST:PORT`, with brackets around an IPv6 address.
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// From `HOST:PORT` or `[ADDRESS]:PORT`; `nil` without a host or a port of 0 to 65535 (0: any free one).
    package init?(_ text: some StringProtocol) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.first == "[", host.last == "]", host.count > 2 {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, host.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != 0x5b && $0 != 0x5d }) else {
            return nil
        }
        self.init(host: String(host), port: port)
    }
}
