import Foundation
import IPPackets
import IPsec
import LinuxIPsec
import Testing

/// The machine's own kernel runs the filters, at a socket that nobody needs a right for.
@Suite("Which packets are copied")
struct CopyFilterTests {
    private struct Case {
        let family: AddressFamily
        let packet: [UInt8]
        /// `nil` where it is none of the protected ones.
        let spi: UInt32?
        /// Whether it may hold a protected one that the filter does not see.
        var isVeiled = false
    }

    private static func octets(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 0xff) } }

    private static func packet(_ family: AddressFamily, _ nextProtocol: UInt8, _ payload: [UInt8]) throws -> [UInt8] {
        let (from, to) = family == .v4 ? ("10.0.0.2", "10.0.0.1") : ("fd00::2", "fd00::1")
        return try IPPacket.build(
            from: #require(IPAddress(from)), to: #require(IPAddress(to)), nextProtocol: nextProtocol, payload: payload)
    }

    private static func cases() throws -> [Case] {
        let rest = [UInt8](repeating: 7, count: 40)
        var cases: [Case] = []
        for family in [AddressFamily.v4, .v6] {
            func add(_ nextProtocol: UInt8, _ payload: [UInt8], _ spi: UInt32?, isVeiled: Bool = false) throws {
                cases.append(
                    Case(
                        family: family, packet: try packet(family, nextProtocol, payload), spi: spi, isVeiled: isVeiled)
                )
            }
            for spi in [0x1234, 0xc000_0001] as [UInt32] {
                try add(50, octets(spi) + rest, spi)
                try add(51, [4, 4, 0, 0] + octets(spi) + rest, spi)
                try add(17, [0x11, 0x94, 0x11, 0x94, 0, 48, 0, 0] + octets(spi) + rest, spi)
            }
            // To another port, a keepalive, TCP, and what ends before an SPI.
            try add(17, [0x11, 0x94, 0, 53, 0, 48, 0, 0] + octets(0x1234) + rest, nil)
            try add(17, [0x11, 0x94, 0x11, 0x94, 0, 9, 0, 0, 0xff], nil)
            try add(6, octets(0x1234) + rest, nil)
            try add(50, [0, 0], nil)
        }
        // IPv4 options move the protected header; IPv6's are not looked behind.
        var long = try packet(.v4, 50, octets(0x1234) + rest)
        long[0] = 0x46
        long.insert(contentsOf: [1, 1, 1, 0], at: 20)
        cases.append(Case(family: .v4, packet: long, spi: 0x1234))
        let options = try packet(.v6, 60, [50, 0, 1, 4, 0, 0, 0, 0] + octets(0x1234) + rest)
        cases.append(Case(family: .v6, packet: options, spi: nil, isVeiled: true))
        return cases
    }

    /// As many SPIs as are told apart, one of them in use.
    private static let many = Set((1...UInt32(CopyFilter.most - 1)).map { $0 << 8 } + [0xc000_0001])

    @Test("all that is protected, or what has one of the SPIs, or none of them, or nothing")
    func filters() throws {
        let filters = [
            CopyFilter.all, .only([0x1234]), .only(Self.many), .none, .except([0x1234]), .except(Self.many),
            .except([]),
        ]
        for filter in filters {
            for each in try Self.cases() {
                let isWanted =
                    switch filter {
                    case .all: each.spi != nil || each.isVeiled
                    case .only(let spis): each.spi.map(spis.contains) ?? (each.isVeiled && filter != .none)
                    case .except(let spis): each.spi.map { !spis.contains($0) } ?? each.isVeiled
                    }
                #expect(try passes(each.packet, filter, each.family) == isWanted, "\(filter) \(each)")
            }
        }
    }

    /// Whether a socket with the filter takes the packet.
    private func passes(_ packet: [UInt8], _ filter: CopyFilter, _ family: AddressFamily) throws -> Bool {
        var ends: [Int32] = [0, 0]
        try #require(socketpair(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0, &ends) == 0)
        defer { for end in ends { close(end) } }
        try #require(filter.program(for: family).attach(to: ends[1]))
        try #require(send(ends[0], packet, packet.count, 0) == packet.count)
        var buffer = [UInt8](repeating: 0, count: 2_048)
        let count = recv(ends[1], &buffer, buffer.count, Int32(MSG_DONTWAIT))
        guard count >= 0 else { return false }
        #expect(Array(buffer[..<count]) == packet)
        return true
    }

    @Test("one filter covers another where it takes every packet that the other one takes")
    func covering() {
        let filters: [CopyFilter] = [
            .all, .none, .only([1]), .only([1, 2]), .except([]), .except([1]), .except([1, 2]), .except([3]),
        ]
        // Four stands for all SPIs that none of them names.
        func takes(_ filter: CopyFilter, _ spi: UInt32) -> Bool {
            switch filter {
            case .all: true
            case .only(let spis): spis.contains(spi)
            case .except(let spis): !spis.contains(spi)
            }
        }
        for one in filters {
            for other in filters {
                let isCovered = (1...4).allSatisfy { !takes(other, $0) || takes(one, $0) }
                #expect(one.covers(other) == isCovered, "\(one) \(other)")
            }
        }
    }
}
