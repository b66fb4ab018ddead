package import IPsec

/// Which of the packets that interfaces receive are copied for a gate: a copy costs time, on a gateway that carries others'
/// packets too. A value, with the classic packet filter that says so to the kernel.
package enum CopyFilter: Equatable, Sendable {
    /// All that are protected: ESP, AH, and ESP in UDP (RFC 3948).
    case all
    /// Of those only what has one of these SPIs.
    case only(Set<UInt32>)
    /// Of those what has none of these SPIs.
    case except(Set<UInt32>)

    /// No packet.
    package static let none = CopyFilter.only([])
    /// The most SPIs that are told apart: the filter compares with one after the other.
    package static let most = 256

    /// Whether all that the other one copies is copied.
    package func covers(_ other: CopyFilter) -> Bool {
        switch (self, other) {
        case (.all, _): true
        case (.except(let own), .except(let others)): own.isSubset(of: others)
        case (.except(let own), .only(let others)): own.isDisjoint(with: others)
        case (.only(let own), .only(let others)): own.isSuperset(of: others)
        case (.except(let own), .all): own.isEmpty
        case (.only, .all), (.only, .except): false
        }
    }

    /// The filter of packets of that family, from their IP header on. IPv6 packets with hop-by-hop options, routing, fragment or
    /// destination options before anything else are taken unseen, unless none is.
    package func program(for family: AddressFamily) -> PacketFilter {
        guard self != .none else { return PacketFilter([.drop]) }
        // The header's length is in the index register from here on, and the protocol in the accumulator.
        var steps: [PacketFilter.Step] =
            switch family {
            case .v4: [.indexHeader, .load(.octet, at: 9)]
            case .v6: [.index(40), .load(.octet, at: 6)]
            }
        if family == .v6 { for options: UInt32 in [0, 43, 44, 60] { steps += [.skip(1, unless: options), .take] } }
        // Then the SPI is: each way to it leads over those of the others.
        steps += [
            .skip(2, unless: 50), .load(.word, behindIndex: 0), .skip(9),
            .skip(2, unless: 51), .load(.word, behindIndex: 4), .skip(6),
            .skip(3, unless: 17), .load(.half, behindIndex: 2), .skip(1, unless: 4_500), .skip(1), .drop,
            .load(.word, behindIndex: 8),
        ]
        let (spis, taken): (Set<UInt32>, Bool) =
            switch self {
            case .all: ([], false)
            case .only(let spis): (spis, true)
            case .except(let spis): (spis, false)
            }
        for spi in spis.sorted() { steps += [.skip(1, unless: spi), taken ? .take : .drop] }
        return PacketFilter(steps + [taken ? .drop : .take])
    }
}
