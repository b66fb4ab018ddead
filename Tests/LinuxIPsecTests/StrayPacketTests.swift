import IPsec
import LinuxIPsec
import Testing

@Suite("Packets for SAs that have not come yet")
struct StrayPacketTests {
    private static let here = identifier(0x1001)
    private static let coming = identifier(0x1002)
    private static let mobile = KernelWords.address(2)
    private static let now = packet(0, at: 5).time

    private static func identifier(_ spi: UInt32) -> SAIdentifier {
        SAIdentifier(spi: SPI(spi) ?? .one, destination: KernelWords.address(1), securityProtocol: .esp)
    }

    private static func packet(_ number: UInt8, at milliseconds: UInt64 = 0) -> StrayPackets.Packet {
        StrayPackets.Packet(
            octets: [number], time: KernelTime(nanoseconds: (1_000_000 + milliseconds) * 1_000_000))
    }

    @Test("those of somebody who has SAs here are kept in their order, until the SA comes")
    func kept() {
        var strays = StrayPackets()
        #expect(strays.came(Self.here, from: Self.mobile, at: Self.now) == [])
        for number in 1...3 { _ = strays.arrived(Self.packet(UInt8(number)), for: Self.coming, from: Self.mobile) }
        _ = strays.arrived(Self.packet(4), for: Self.here, from: Self.mobile)
        #expect(strays.came(Self.coming, from: Self.mobile, at: Self.now) == (1...3).map { Self.packet($0) })
        #expect(strays.take(Self.coming) == [])
    }

    @Test(
        "what came before its SA and is told of afterwards is given to it, until one comes that the kernel took itself")
    func late() {
        var strays = StrayPackets()
        _ = strays.came(Self.here, from: Self.mobile, at: Self.now)
        #expect(strays.arrived(Self.packet(1, at: 4), for: Self.here, from: Self.mobile) == true)
        // The same SA told of again changes nothing.
        _ = strays.came(Self.here, from: Self.mobile, at: Self.packet(0, at: 9).time)
        #expect(strays.arrived(Self.packet(2, at: 5), for: Self.here, from: Self.mobile) == false)
        #expect(strays.arrived(Self.packet(3, at: 4), for: Self.here, from: Self.mobile) == false)
        _ = strays.came(Self.coming, from: Self.mobile, at: Self.now)
        strays.settle(Self.coming)
        #expect(strays.arrived(Self.packet(4, at: 4), for: Self.coming, from: Self.mobile) == false)
    }

    @Test(
        "an SA that key management here makes for such a user is given what came before it, and has nothing kept for its sake"
    )
    func takenOver() {
        var strays = StrayPackets()
        // Of nobody who has others here.
        #expect(strays.came(Self.coming, from: Self.mobile, at: Self.now, isOwn: true) == [])
        #expect(strays.isIdle)
        _ = strays.came(Self.here, from: Self.mobile, at: Self.now)
        _ = strays.arrived(Self.packet(1), for: Self.coming, from: Self.mobile)
        #expect(strays.came(Self.coming, from: Self.mobile, at: Self.now, isOwn: true) == [Self.packet(1)])
        #expect(strays.arrived(Self.packet(2, at: 4), for: Self.coming, from: Self.mobile) == true)
        #expect(strays.arrived(Self.packet(3, at: 6), for: Self.coming, from: Self.mobile) == false)
        #expect(strays.take(Self.coming) == [], "what the kernel takes itself is not kept")
        strays.went(Self.here)
        #expect(strays.isIdle)
    }

    @Test("while somebody has SAs here all packets are copied but those of SAs that are here, as long as these are few")
    func copies() {
        var strays = StrayPackets()
        _ = strays.came(Self.identifier(0x2001), from: KernelWords.address(8), at: Self.now, isOwn: true)
        #expect(strays.copies(beside: .none) == .none)
        _ = strays.came(Self.here, from: Self.mobile, at: Self.now)
        #expect(strays.copies(beside: .none) == .except([0x1001, 0x2001]))
        #expect(strays.copies(beside: .only([0x2001, 0x3001])) == .except([0x1001]))
        #expect(strays.copies(beside: .all) == .all)
        strays.went(Self.identifier(0x2001))
        #expect(strays.copies(beside: .none) == .except([0x1001]))
        for spi in 0x4001...0x4100 { _ = strays.came(Self.identifier(UInt32(spi)), from: Self.mobile, at: Self.now) }
        #expect(strays.copies(beside: .none) == .all)
        strays.went(allBut: [Self.here, Self.coming])
        #expect(strays.copies(beside: .none) == .except([0x1001]))
        strays.went(allBut: [])
        #expect(strays.copies(beside: .none) == .none)
    }

    @Test("those of others are not, nor those to another address, nor when the last SA has gone")
    func strangers() {
        var strays = StrayPackets()
        _ = strays.came(Self.here, from: Self.mobile, at: Self.now)
        _ = strays.arrived(Self.packet(1), for: Self.coming, from: KernelWords.address(9))
        let elsewhere = SAIdentifier(spi: .one, destination: KernelWords.address(9), securityProtocol: .esp)
        _ = strays.arrived(Self.packet(2), for: elsewhere, from: Self.mobile)
        #expect(strays.take(Self.coming) == [] && strays.take(elsewhere) == [])
        // The same SA told of twice is one.
        _ = strays.came(Self.here, from: Self.mobile, at: Self.now)
        strays.went(Self.here)
        _ = strays.arrived(Self.packet(3), for: Self.coming, from: Self.mobile)
        #expect(strays.isIdle && strays.take(Self.coming) == [])
    }

    @Test("for each SA, for all together and in time they are bounded")
    func bounds() {
        var strays = StrayPackets()
        _ = strays.came(Self.here, from: Self.mobile, at: Self.now)
        for _ in 0..<StrayPackets.limit + 5 { _ = strays.arrived(Self.packet(1), for: Self.coming, from: Self.mobile) }
        #expect(strays.take(Self.coming).count == StrayPackets.limit)
        for spi in 0..<UInt32(StrayPackets.most) + 1 {
            _ = strays.arrived(Self.packet(2), for: Self.identifier(0x2000 + spi), from: Self.mobile)
        }
        #expect(strays.take(Self.identifier(0x2000 + UInt32(StrayPackets.most))) == [])
        // What is too old makes room.
        let later = Self.packet(3, at: StrayPackets.age + 1)
        _ = strays.arrived(later, for: Self.coming, from: Self.mobile)
        #expect(strays.take(Self.coming) == [later])
        #expect(strays.take(Self.identifier(0x2000)) == [])
    }
}
