internal import IPPackets
package import IPsec

/// Where IKE messages go that users send to addresses which moved: to the gateway whose IKE daemon has their SAs.
package struct IKERelay: Equatable, Sendable {
    package var addresses: Set<IPAddress>
    package var target: ForwardingTarget
    /// Whether an IKE daemon is here too, with SAs of its own: each daemon knows its own ones, and ignores the others'.
    package var isShared: Bool

    package init(addresses: Set<IPAddress>, target: ForwardingTarget, isShared: Bool) {
        (self.addresses, self.target, self.isShared) = (addresses, target, isShared)
    }

    /// What becomes of a packet; `nil` where it is none of the relay's. What begins an IKE SA is for the other gateway alone:
    /// one of two answers.
    func outputs(_ packet: IPPacket) -> [HeldTraffic.Output]? {
        guard addresses.contains(packet.destination), let message = packet.ikeMessage else { return nil }
        let pass = HeldTraffic.Output.pass(packet.octets, target, isClear: false)
        return isShared && !message.beginsIKE ? [pass, .inject(packet.octets, .route)] : [pass]
    }
}

extension IPPacket {
    /// The IKE message in it: at port 500, or at 4500 behind the marker of four zeros that no ESP packet begins with (RFC 7296
    /// section 3.1, RFC 3948 section 2.2).
    fileprivate var ikeMessage: ArraySlice<UInt8>? {
        guard nextProtocol == IPProtocol.udp, fragment == .whole || fragment == .first, payload.count >= 12 else {
            return nil
        }
        let content = payload.dropFirst(8)
        if port(at: 2) == 500 { return content }
        return port(at: 2) == 4_500 && content.prefix(4).allSatisfy { $0 == 0 } ? content.dropFirst(4) : nil
    }
}

extension ArraySlice<UInt8> {
    /// Whether it is a request of the exchange IKE_SA_INIT: the type is octet 18 of IKE's header, and bit 5 of the flags in
    /// octet 19 says response (RFC 7296 section 3.1).
    fileprivate var beginsIKE: Bool {
        let header = Array(prefix(20))
        return header.count == 20 && header[18] == 34 && header[19] & 0x20 == 0
    }
}
