internal import CLinuxXfrm
package import IPsec

extension AddressFamily {
    /// `AF_INET` or `AF_INET6`.
    package var kernel: UInt16 { UInt16(self == .v4 ? AF_INET : AF_INET6) }

    /// The family of that number; `nil` for 0, which is any. Throws for one that is neither IPv4 nor IPv6.
    package init?(kernel: UInt16) throws(NetlinkError) {
        switch Int32(kernel) {
        case AF_INET: self = .v4
        case AF_INET6: self = .v6
        case AF_UNSPEC: return nil
        default: throw .unknown("address family", UInt64(kernel))
        }
    }
}
