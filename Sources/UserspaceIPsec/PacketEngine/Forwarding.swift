internal import IPsec

/// Where the packets of an SA go that is no longer here.
struct Forwarding {
    let target: ForwardingTarget
    /// How its ESP packets travel, so that a UDP datagram is taken for one only where it can be one.
    let encapsulation: UDPEncapsulation?
}
