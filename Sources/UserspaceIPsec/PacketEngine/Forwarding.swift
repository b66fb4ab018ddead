internal import IPsec

/// Where the packets of an SA go that is no longer here, or that was to come and did not.
struct Forwarding {
    let target: ForwardingTarget
    /// How the SA's packets travel; `nil` when that never became known.
    private let encapsulation: Encapsulation?

    private enum Encapsulation {
        case plain
        case udp(UDPEncapsulation)
    }

    /// That of an SA which left.
    init(_ target: ForwardingTarget, of association: SecurityAssociation) {
        self.target = target
        encapsulation = association.attributes.encapsulation.map(Encapsulation.udp) ?? .plain
    }

    /// That of an SA which stayed where it was.
    init(_ target: ForwardingTarget) {
        self.target = target
        encapsulation = nil
    }

    /// Whether a packet with the SA's SPI can be its packet: a UDP datagram is taken for ESP only where it can be.
    func takes(_ part: ProtectedPart) -> Bool {
        switch encapsulation {
        case nil: part.isCertain
        case .plain?: part.fits(nil)
        case .udp(let ports)?: part.fits(ports)
        }
    }
}
