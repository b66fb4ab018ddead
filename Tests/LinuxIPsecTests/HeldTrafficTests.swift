import IPPackets
import IPsec
import LinuxIPsec
import Testing

@Suite("Packets that wait for kernel SAs")
struct HeldTrafficTests {
    private static let target = ForwardingTarget(address: IPAddress(v4: 10, 0, 0, 4))
    private static let inbound = identifier(.one)
    private static let outbound = identifier(.two)
    private static let servers = IPAddress(v4: 10, 1, 0, 1)
    private static let mobile = IPAddress(v4: 10, 2, 0, 1)

    private static func identifier(_ spi: SPI) -> SAIdentifier {
        SAIdentifier(spi: spi, destination: KernelWords.address(1), securityProtocol: .esp)
    }

    private static func at(_ milliseconds: UInt64) -> KernelTime {
        KernelTime(nanoseconds: (1_000 + milliseconds) * 1_000_000)
    }

    /// An ESP packet with that number.
    private static func packet(_ number: UInt8, spi: UInt32 = 0x1234) throws -> [UInt8] {
        try IPPacket.build(
            from: KernelWords.address(2), to: KernelWords.address(1), nextProtocol: 50,
            payload: [0, 0, UInt8(spi >> 8), UInt8(spi & 0xff), 0, 0, 0, number] + [UInt8](repeating: 9, count: 24))
    }

    /// A packet in the clear that the outbound SA protects.
    private static func clear(_ number: UInt8) throws -> [UInt8] {
        try IPPacket.build(
            from: servers, to: mobile, nextProtocol: 17, payload: [0, 1, 0, 2, 0, 9, 0, 0, number])
    }

    private static let selector = TrafficSelector(source: AddressRange(servers), destination: AddressRange(mobile))

    private static func traffic(refusesCopies: Bool = true) -> HeldTraffic {
        var traffic = HeldTraffic()
        traffic.close([
            PacketWay(identifier: inbound, refusesCopies: refusesCopies),
            PacketWay(identifier: outbound, selectors: [selector], refusesCopies: false),
        ])
        return traffic
    }

    @Test("what came before the SA was taken out is the kernel's; what came after is passed on")
    func cut() throws {
        for (refusesCopies, expected) in [(true, [2, 3]), (false, [3])] as [(Bool, [UInt8])] {
            var traffic = Self.traffic(refusesCopies: refusesCopies)
            for (number, time) in [(1, 0), (2, 9), (3, 12)] as [(UInt8, UInt64)] {
                #expect(traffic.arrived(try Self.packet(number), at: Self.at(time)).isEmpty)
            }
            traffic.cut([Self.inbound], at: Self.at(10))
            let passed = traffic.pass([Self.inbound], to: Self.target)
            #expect(
                passed == (try expected.map { .pass(try Self.packet($0), Self.target, isClear: false) }))
            #expect(
                traffic.arrived(try Self.packet(4), at: Self.at(20))
                    == [.pass(try Self.packet(4), Self.target, isClear: false)])
        }
    }

    @Test("the kernel is given what came before its SA, another gateway's first, and nothing that came after")
    func open() throws {
        var traffic = Self.traffic()
        _ = traffic.arrived(try Self.packet(3), at: Self.at(1))
        _ = traffic.arrived(passedOn: try Self.packet(1), at: Self.at(2))
        _ = traffic.arrived(passedOn: try Self.packet(2), at: Self.at(3))
        _ = traffic.arrived(try Self.packet(5), at: Self.at(12))
        let given = traffic.open([Self.inbound], at: Self.at(10))
        #expect(given == (try [1, 2, 3].map { .inject(try Self.packet($0), .receive) }))
        // One that came before and is read late, one that the kernel took itself, and a straggler.
        #expect(traffic.arrived(try Self.packet(4), at: Self.at(9)) == [.inject(try Self.packet(4), .receive)])
        #expect(traffic.arrived(try Self.packet(6), at: Self.at(13)).isEmpty)
        #expect(
            traffic.arrived(passedOn: try Self.packet(7), at: Self.at(14))
                == [.inject(try Self.packet(7), .receive)])
        traffic.isCaught(up: Self.at(20))
        #expect(traffic.arrived(try Self.packet(8), at: Self.at(9)).isEmpty)
    }

    @Test("what was diverted goes one way only: it is passed on, or goes on through the kernel")
    func diverted() throws {
        var traffic = Self.traffic()
        #expect(traffic.arrived(diverted: try Self.clear(1), at: Self.at(1)).isEmpty)
        traffic.cut([Self.outbound], at: Self.at(5))
        #expect(
            traffic.pass([Self.outbound], to: Self.target)
                == [.pass(try Self.clear(1), Self.target, isClear: true)])
        #expect(
            traffic.arrived(diverted: try Self.clear(2), at: Self.at(6))
                == [.pass(try Self.clear(2), Self.target, isClear: true)])
        var taker = Self.traffic()
        #expect(taker.arrived(passedOn: try Self.clear(1), at: Self.at(1)).isEmpty)
        #expect(taker.arrived(diverted: try Self.clear(3), at: Self.at(30)).isEmpty)
        #expect(
            taker.open([Self.outbound], at: Self.at(10))
                == (try [1, 3].map { .inject(try Self.clear($0), .protect) }))
        // Nobody's: it was diverted beside others.
        let other = try IPPacket.build(from: Self.mobile, to: Self.servers, nextProtocol: 17, payload: [1, 2, 3, 4])
        #expect(taker.arrived(diverted: other, at: Self.at(11)) == [.inject(other, .route)])
    }

    @Test("IKE messages go on to the gateway whose daemon knows them, and ESP in UDP does not")
    func relay() throws {
        func datagram(_ port: UInt8, _ high: UInt8, _ content: [UInt8]) throws -> [UInt8] {
            try IPPacket.build(
                from: KernelWords.address(2), to: KernelWords.address(1), nextProtocol: 17,
                payload: [high, port, high, port, 0, UInt8(8 + content.count), 0, 0] + content)
        }
        var traffic = HeldTraffic()
        traffic.relayIKE(
            IKERelay(addresses: [KernelWords.address(1)], target: Self.target, isShared: false))
        let content: [UInt8] = [0, 0, 0, 0, 1, 2, 3, 4]
        for packet in [try datagram(0xf4, 0x01, content), try datagram(0x94, 0x11, content)] {
            let passed = traffic.arrived(diverted: packet, at: Self.at(1))
            #expect(passed == [.pass(packet, Self.target, isClear: false)])
        }
        for packet in [try datagram(0x94, 0x11, [9] + content), try datagram(0xf5, 0x01, content)] {
            #expect(traffic.arrived(diverted: packet, at: Self.at(1)) == [.inject(packet, .route)])
        }
    }

    @Test("an SA that comes for the packets of one that has left takes them: those are passed on no more")
    func superseded() throws {
        var traffic = Self.traffic()
        _ = traffic.pass([Self.inbound, Self.outbound], to: Self.target)
        func way(_ last: UInt8, to destination: IPAddress) -> PacketWay {
            PacketWay(
                identifier: SAIdentifier(spi: .one, destination: KernelWords.address(last), securityProtocol: .esp),
                selectors: [
                    TrafficSelector(source: AddressRange(Self.servers), destination: AddressRange(destination))
                ],
                refusesCopies: false)
        }
        // What is for others takes nothing from it.
        #expect(traffic.close([way(8, to: Self.servers)]) == [])
        let renewed = way(9, to: Self.mobile)
        #expect(traffic.close([renewed]) == [Self.outbound])
        let packet = try Self.clear(1)
        #expect(traffic.arrived(diverted: packet, at: Self.at(1)) == [])
        #expect(traffic.open([renewed.identifier], at: Self.at(2)) == [.inject(packet, .protect)])
    }

    @Test("where packets are for several SAs, the one that was there first has them, however wide its selectors are")
    func several() throws {
        let wide = TrafficSelector(source: .all(.v4), destination: .all(.v4))
        let other = TrafficSelector(source: .all(.v4), destination: AddressRange(Self.servers))
        let packet = try Self.clear(1)
        for (first, second) in [(wide, Self.selector), (Self.selector, wide), (other, wide)] {
            var traffic = HeldTraffic()
            traffic.close([
                PacketWay(identifier: Self.outbound, selectors: [first], refusesCopies: false),
                PacketWay(identifier: Self.inbound, selectors: [second], refusesCopies: false),
            ])
            #expect(traffic.arrived(diverted: packet, at: Self.at(0)).isEmpty)
            let owner = first == other ? Self.inbound : Self.outbound
            #expect(
                traffic.pass([owner], to: Self.target) == [.pass(packet, Self.target, isClear: true)])
            // It has none of it any more once it is dropped.
            traffic.drop([owner])
            let rest = traffic.arrived(diverted: packet, at: Self.at(1))
            #expect(rest == (first == other ? [.inject(packet, .route)] : []))
        }
    }

    @Test("what the kernel was given just before its SA was taken out, and may not have looked at, goes on as well")
    func backlog() throws {
        for refusesCopies in [true, false] {
            var traffic = HeldTraffic()
            for (number, time) in [(1, 900), (2, 970), (3, 995)] as [(UInt8, UInt64)] {
                let packet = try Self.packet(number)
                #expect(traffic.arrived(passedOn: packet, at: Self.at(time)) == [.inject(packet, .receive)])
            }
            _ = traffic.arrived(passedOn: try Self.packet(9, spi: 0x7777), at: Self.at(996))
            traffic.close([PacketWay(identifier: Self.inbound, refusesCopies: refusesCopies)])
            #expect(traffic.arrived(passedOn: try Self.packet(4), at: Self.at(999)).isEmpty)
            traffic.cut([Self.inbound], at: Self.at(1_000))
            // Where the SA refuses no copies the kernel's part is the kernel's.
            let expected: [UInt8] = refusesCopies ? [2, 3, 4] : [4]
            let passed = traffic.pass([Self.inbound], to: Self.target)
            #expect(passed == (try expected.map { .pass(try Self.packet($0), Self.target, isClear: false) }))
        }
    }

    @Test("each of SAs that go together is given what the kernel was given for it, in its order")
    func backlogs() throws {
        let other = SAIdentifier(spi: .two, destination: Self.inbound.destination, securityProtocol: .esp)
        var traffic = HeldTraffic()
        for (number, spi) in [(1, 0x1234), (2, 0x1235), (3, 0x1234), (4, 0x1235)] as [(UInt8, UInt32)] {
            _ = traffic.arrived(passedOn: try Self.packet(number, spi: spi), at: Self.at(990 + UInt64(number)))
        }
        traffic.close([Self.inbound, other].map { PacketWay(identifier: $0, refusesCopies: true) })
        traffic.cut([Self.inbound, other], at: Self.at(1_000))
        let expected = try [(1, 0x1234), (3, 0x1234), (2, 0x1235), (4, 0x1235)].map { number, spi in
            HeldTraffic.Output.pass(try Self.packet(number, spi: spi), Self.target, isClear: false)
        }
        #expect(traffic.pass([Self.inbound, other], to: Self.target) == expected)
    }

    @Test("of packets that the kernel was given a bounded number is remembered")
    func backlogBounds() throws {
        var traffic = HeldTraffic()
        for _ in 0..<3_000 { _ = traffic.arrived(passedOn: try Self.packet(1), at: Self.at(1_000)) }
        traffic.close([PacketWay(identifier: Self.inbound, refusesCopies: true)])
        traffic.cut([Self.inbound], at: Self.at(1_000))
        #expect(traffic.pass([Self.inbound], to: Self.target).count == HeldTraffic.limit)
    }

    @Test("where two IKE daemons are, each gets what is not the beginning; the beginning goes to one of them")
    func sharedRelay() throws {
        /// An IKE message of that type with these flags.
        func message(_ type: UInt8, _ flags: UInt8) throws -> [UInt8] {
            let header = [UInt8](repeating: 7, count: 17) + [0x20, type, flags] + [UInt8](repeating: 0, count: 8)
            return try IPPacket.build(
                from: KernelWords.address(2), to: KernelWords.address(1), nextProtocol: 17,
                payload: [1, 0xf4, 1, 0xf4, 0, UInt8(8 + header.count), 0, 0] + header)
        }
        var traffic = HeldTraffic()
        traffic.relayIKE(IKERelay(addresses: [KernelWords.address(1)], target: Self.target, isShared: true))
        let beginning = try message(34, 0x08)
        #expect(
            traffic.arrived(diverted: beginning, at: Self.at(1)) == [.pass(beginning, Self.target, isClear: false)])
        for packet in [try message(34, 0x20), try message(36, 0x08), try message(37, 0x28)] {
            #expect(
                traffic.arrived(diverted: packet, at: Self.at(1)) == [
                    .pass(packet, Self.target, isClear: false), .inject(packet, .route),
                ])
        }
        traffic.relayIKE(nil)
        #expect(traffic.arrived(diverted: beginning, at: Self.at(1)) == [.inject(beginning, .route)])
    }

    @Test("for each SA a bounded number is held, and what is lost is counted")
    func bounds() throws {
        var traffic = Self.traffic()
        for _ in 0..<(HeldTraffic.limit + 10) { _ = traffic.arrived(try Self.packet(1), at: Self.at(1)) }
        #expect(traffic.lost == 10)
        // A straggler was sent before: it takes the place of the latest.
        _ = traffic.arrived(passedOn: try Self.packet(2), at: Self.at(2))
        #expect(traffic.lost == 11)
        #expect(traffic.open([Self.inbound], at: Self.at(10)).first == .inject(try Self.packet(2), .receive))
        traffic.drop([Self.inbound, Self.outbound])
        #expect(traffic.copies == .none)
    }

    @Test("all protected packets are copied while some wait, then only those of SAs that are elsewhere")
    func copies() {
        var traffic = Self.traffic()
        #expect(traffic.copies == .all)
        _ = traffic.pass([Self.outbound], to: Self.target)
        #expect(traffic.copies == .all)
        _ = traffic.pass([Self.inbound], to: Self.target)
        #expect(traffic.copies == .only([Self.inbound.spi.value]))
        // They are about to come back.
        traffic.close([PacketWay(identifier: Self.inbound, refusesCopies: true)])
        #expect(traffic.copies == .all)
        _ = traffic.open([Self.inbound], at: Self.at(10))
        #expect(traffic.copies == .all)
        traffic.isCaught(up: Self.at(11))
        #expect(traffic.copies == .none)
    }

    @Test("more SPIs than a filter tells apart have all packets copied; one SPI at two addresses is one")
    func manyCopies() {
        func identifiers(_ count: Int, at last: UInt8) -> [SAIdentifier] {
            (1...count).compactMap { number in
                SPI(UInt32(0x1000 + number)).map {
                    SAIdentifier(spi: $0, destination: KernelWords.address(last), securityProtocol: .esp)
                }
            }
        }
        let most = identifiers(CopyFilter.most, at: 1)
        for (all, isAll) in [
            (most, false), (most + identifiers(1, at: 2), false), (identifiers(CopyFilter.most + 1, at: 1), true),
        ] {
            var traffic = HeldTraffic()
            traffic.close(all.map { PacketWay(identifier: $0, refusesCopies: true) })
            _ = traffic.pass(all, to: Self.target)
            #expect(traffic.copies == (isAll ? .all : .only(Set(most.map(\.spi.value)))))
        }
    }

    @Test("packets of other SAs, and what is no packet, are left alone")
    func others() throws {
        var traffic = Self.traffic()
        #expect(traffic.arrived(try Self.packet(1, spi: 0x7777), at: Self.at(1)).isEmpty)
        #expect(traffic.arrived([1, 2, 3], at: Self.at(1)).isEmpty)
        #expect(traffic.open([Self.inbound], at: Self.at(10)).isEmpty)
    }

    @Test("until an SA comes back its packets go where it is, and those that were too late there wait here")
    func back() throws {
        var traffic = Self.traffic()
        _ = traffic.pass([Self.inbound, Self.outbound], to: Self.target)
        let ways = [
            PacketWay(identifier: Self.inbound, refusesCopies: true),
            PacketWay(identifier: Self.outbound, selectors: [Self.selector], refusesCopies: false),
        ]
        traffic.close(ways)
        traffic.close(ways)
        let passed = traffic.arrived(try Self.packet(0), at: Self.at(1))
        #expect(passed == [.pass(try Self.packet(0), Self.target, isClear: false)])
        let diverted = traffic.arrived(diverted: try Self.clear(0), at: Self.at(1))
        #expect(diverted == [.pass(try Self.clear(0), Self.target, isClear: true)])
        #expect(traffic.arrived(passedOn: try Self.packet(0), at: Self.at(2)).isEmpty)
        #expect(traffic.arrived(passedOn: try Self.clear(0), at: Self.at(2)).isEmpty)
        let given = traffic.open([Self.inbound, Self.outbound], at: Self.at(10))
        #expect(given == [.inject(try Self.packet(0), .receive), .inject(try Self.clear(0), .protect)])
    }

    @Test("an SA that does not come back after all has what waited for it sent after it")
    func stays() throws {
        var traffic = Self.traffic()
        _ = traffic.pass([Self.inbound], to: Self.target)
        traffic.close([PacketWay(identifier: Self.inbound, refusesCopies: true)])
        _ = traffic.arrived(passedOn: try Self.packet(1), at: Self.at(2))
        #expect(
            traffic.pass([Self.inbound], to: Self.target) == [.pass(try Self.packet(1), Self.target, isClear: false)])
    }

    @Test("what another gateway passes on that waits for it goes back there, and in a ring not for ever")
    func ring() throws {
        var traffic = Self.traffic()
        _ = traffic.pass([Self.inbound], to: Self.target)
        var packet = try IPPacket(try Self.packet(1))
        packet.hopLimit = 2
        let back = traffic.arrived(passedOn: packet.octets, at: Self.at(1))
        packet.hopLimit = 1
        #expect(back == [.pass(packet.octets, Self.target, isClear: false)])
        #expect(traffic.arrived(passedOn: packet.octets, at: Self.at(1)).isEmpty)
        #expect(traffic.lost == 1)
    }
}

extension SPI {
    static let one = known(0x1234)
    fileprivate static let two = known(0x1235)

    private static func known(_ value: UInt32) -> SPI {
        guard let spi = SPI(value) else { preconditionFailure("It is not reserved.") }
        return spi
    }
}
