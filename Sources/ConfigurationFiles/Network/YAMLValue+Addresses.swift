package import ForwardingPath
package import IPsec

extension YAMLValue {
    /// An IPv4 or IPv6 address.
    package func address() throws(FileError) -> IPAddress {
        guard let address = IPAddress(rawText) else {
            throw expected("an IP address", "Write it like 192.0.2.1 or 2001:db8::1.")
        }
        return address
    }

    /// An address, a prefix or a range of addresses.
    package func addressRange() throws(FileError) -> AddressRange {
        guard let range = AddressRange(rawText) else {
            throw expected(
                "an address, a prefix or a range", "Write it like 192.0.2.1, 192.0.2.0/24 or 192.0.2.1-192.0.2.9.")
        }
        return range
    }

    /// `HOST:PORT`, or `[ADDRESS]:PORT` for IPv6.
    package func endpoint() throws(FileError) -> Endpoint {
        guard let endpoint = Endpoint(rawText) else {
            throw expected("HOST:PORT", "Write it like 127.0.0.1:5091, gw.example:5091 or \"[::1]:5091\".")
        }
        return endpoint
    }
}
