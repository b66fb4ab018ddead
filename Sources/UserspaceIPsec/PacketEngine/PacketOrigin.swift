internal import IPsec

/// How a packet came to the engine.
enum PacketOrigin: Equatable {
    /// From the network, as it is.
    case wire
    /// In an IP tunnel from another gateway, whose header had so many hops left.
    case tunnel(from: ScopedAddress, hopLimit: UInt8)
    /// Out of an SA, and checked against its selectors.
    case association
    /// Made by the local host.
    case host
}
