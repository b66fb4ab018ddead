internal import CLinuxXfrm
internal import Glibc
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

    /// Has a socket take no other packets from now on, which are of that family and begin with their IP header; whether the
    /// system does so: where it does not, the filter from before remains.
    package func attach(to descriptor: Int32, of family: AddressFamily) -> Bool {
        var steps = steps(family)
        return steps.withUnsafeMutableBufferPointer { steps in
            var program = sock_fprog(len: UInt16(steps.count), filter: steps.baseAddress)
            let size = socklen_t(MemoryLayout<sock_fprog>.size)
            return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, size) == 0
        }
    }

    /// Has a socket take all packets.
    package static func detach(from descriptor: Int32) {
        var nothing: Int32 = 0
        _ = setsockopt(descriptor, SOL_SOCKET, SO_DETACH_FILTER, &nothing, socklen_t(MemoryLayout<Int32>.size))
    }

    /// The filter's steps, for packets of that family from their IP header on. IPv6 packets with hop-by-hop options, routing,
    /// fragment or destination options before anything else are taken unseen, unless none is.
    private func steps(_ family: AddressFamily) -> [sock_filter] {
        guard self != .none else { return [Self.drop] }
        // The header's length is in the index register from here on, and the protocol in the accumulator.
        var steps =
            switch family {
            case .v4: [Self.step(BPF_LDX | BPF_B | BPF_MSH, 0), Self.step(BPF_LD | BPF_B | BPF_ABS, 9)]
            case .v6: [Self.step(BPF_LDX | BPF_W | BPF_IMM, 40), Self.step(BPF_LD | BPF_B | BPF_ABS, 6)]
            }
        if family == .v6 { steps += [0, 43, 44, 60].flatMap { [Self.jump(unless: $0, over: 1), Self.take] } }
        // Then the SPI is: each way to it leads over those of the others.
        steps += [
            Self.jump(unless: 50, over: 2), Self.step(BPF_LD | BPF_W | BPF_IND, 0), Self.step(BPF_JMP | BPF_JA, 9),
            Self.jump(unless: 51, over: 2), Self.step(BPF_LD | BPF_W | BPF_IND, 4), Self.step(BPF_JMP | BPF_JA, 6),
            Self.jump(unless: 17, over: 3), Self.step(BPF_LD | BPF_H | BPF_IND, 2), Self.jump(unless: 4_500, over: 1),
            Self.step(BPF_JMP | BPF_JA, 1), Self.drop, Self.step(BPF_LD | BPF_W | BPF_IND, 8),
        ]
        switch self {
        case .all: return steps + [Self.take]
        case .only(let spis):
            return steps + spis.sorted().flatMap { [Self.jump(unless: $0, over: 1), Self.take] } + [Self.drop]
        case .except(let spis):
            return steps + spis.sorted().flatMap { [Self.jump(unless: $0, over: 1), Self.drop] } + [Self.take]
        }
    }

    private static let take = step(BPF_RET | BPF_K, .max)
    private static let drop = step(BPF_RET | BPF_K, 0)

    private static func jump(unless value: UInt32, over count: UInt8) -> sock_filter {
        sock_filter(code: UInt16(BPF_JMP | BPF_JEQ | BPF_K), jt: 0, jf: count, k: value)
    }

    private static func step(_ code: Int32, _ value: UInt32) -> sock_filter {
        sock_filter(code: UInt16(code), jt: 0, jf: 0, k: value)
    }
}
