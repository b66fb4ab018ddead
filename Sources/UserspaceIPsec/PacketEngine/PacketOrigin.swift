internal import IPsec

/// How a packet came to the engine.
enum PacketOrigin: Equatable {
    /// From the network, as it is.
    case wire
    /// In an IP tunnel from another gateway.
    case tunnel(from: ScopedAddress)
    /// Out of an SA, and checked against its selectors.
    case association
    /// Made by the local host.
    case host
}
