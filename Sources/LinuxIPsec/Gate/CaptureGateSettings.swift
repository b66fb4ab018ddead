package import IPsec

/// What a gate has to be told.
package struct CaptureGateSettings: Sendable {
    /// Another gateway, with which packets are passed on in IP tunnels.
    package struct Peer: Hashable, Sendable {
        /// Its own address in the outside network.
        package var outside: IPAddress
        /// Its address in the network inside, where packets may go in the clear; `nil`: such packets are not passed on.
        package var inside: IPAddress?

        package init(outside: IPAddress, inside: IPAddress?) { (self.outside, self.inside) = (outside, inside) }
    }

    /// The gateway's own addresses.
    package var own: Peer
    package var peers: [Peer]

    /// By which packets come that SAs of this gateway are to protect.
    package var insideInterface: String

    package init(own: Peer, peers: [Peer], insideInterface: String) {
        (self.own, self.peers, self.insideInterface) = (own, peers, insideInterface)
    }

    /// Whether a tunnel's packet that comes from there is looked into.
    func isPeer(_ address: IPAddress) -> Bool { peers.contains { $0.outside == address || $0.inside == address } }

    /// From where to where a tunnel to that gateway goes; `nil` where there is none for such packets.
    func way(to outside: IPAddress, isClear: Bool) -> (from: IPAddress, to: IPAddress)? {
        guard let peer = peers.first(where: { $0.outside == outside }) else { return nil }
        guard isClear else { return (own.outside, peer.outside) }
        guard let from = own.inside, let to = peer.inside else { return nil }
        return (from, to)
    }
}
