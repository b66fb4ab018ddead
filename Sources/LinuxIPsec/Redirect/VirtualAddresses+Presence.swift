internal import CLinuxXfrm
internal import Glibc
internal import IPsec

extension VirtualAddresses {
    /// Whether this gateway answers for one of them: an interface to a network has it.
    package nonisolated var areHere: Bool {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return false }
        defer { freeifaddrs(first) }
        var next = first
        while let entry = next?.pointee {
            next = entry.ifa_next
            guard let name = entry.ifa_addr, String(cString: entry.ifa_name) != "lo" else { continue }
            if let address = IPAddress(name), contains(address) { return true }
        }
        return false
    }
}

extension IPAddress {
    /// The address in a socket's name; `nil` for one of another family.
    fileprivate init?(_ name: UnsafeMutablePointer<sockaddr>) {
        switch Int32(name.pointee.sa_family) {
        case AF_INET:
            self.init(
                octets: name.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    withUnsafeBytes(of: $0.pointee.sin_addr) { Array($0) }[...]
                })
        case AF_INET6:
            self.init(
                octets: name.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    withUnsafeBytes(of: $0.pointee.sin6_addr) { Array($0) }[...]
                })
        default: return nil
        }
    }
}
