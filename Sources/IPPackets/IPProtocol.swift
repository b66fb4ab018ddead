/// Protocol numbers of IP that this stack knows by name (IANA "Assigned Internet Protocol Numbers").
package enum IPProtocol {
    /// IPv6 hop-by-hop options (RFC 8200 section 4.3).
    package static let hopByHop: UInt8 = 0
    /// RFC 792.
    package static let icmp: UInt8 = 1
    /// IPv4 in IP (RFC 2003).
    package static let ipv4: UInt8 = 4
    /// RFC 9293.
    package static let tcp: UInt8 = 6
    /// RFC 768.
    package static let udp: UInt8 = 17
    /// RFC 4340.
    package static let dccp: UInt8 = 33
    /// IPv6 in IP (RFC 2473).
    package static let ipv6: UInt8 = 41
    /// IPv6 routing header (RFC 8200 section 4.4).
    package static let routing: UInt8 = 43
    /// IPv6 fragment header (RFC 8200 section 4.5).
    package static let fragment: UInt8 = 44
    /// RFC 4303.
    package static let esp: UInt8 = 50
    /// RFC 4302.
    package static let ah: UInt8 = 51
    /// RFC 4443.
    package static let icmpv6: UInt8 = 58
    /// "No next header": in ESP, a dummy packet (RFC 4303 section 2.6).
    package static let none: UInt8 = 59
    /// IPv6 destination options (RFC 8200 section 4.6).
    package static let destinationOptions: UInt8 = 60
    /// RFC 9260.
    package static let sctp: UInt8 = 132
    /// Mobile IPv6's mobility header (RFC 6275 section 6.1).
    package static let mobility: UInt8 = 135
    /// RFC 3828.
    package static let udpLite: UInt8 = 136
}
