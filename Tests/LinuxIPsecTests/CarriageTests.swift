import CLinuxXfrm
import IPsec
import LinuxIPsec
import Testing

@Suite("Kernel SAs as they move")
struct CarriageTests {
    private func association(_ state: XfrmState, now: UInt64) throws(XfrmObstacle) -> SecurityAssociation {
        try SecurityAssociation(state, name: "a", user: "u", direction: .inbound, now: now)
    }

    @Test("an SA that came and goes again is the kernel's own", arguments: [0x1238] as [UInt32])
    func same(spi: UInt32) throws {
        let state = try #require(try KernelWords.states()[spi])
        let now = state.use.added + 7
        let moved = try association(state, now: now)
        #expect(moved.state.use.age == .seconds(7))
        #expect(XfrmState(moved, requestID: state.requestID, now: now) == state)
    }

    @Test("with extended numbers only the highest packet, which nobody marked, is marked besides")
    func extended() throws {
        let state = try #require(try KernelWords.states()[0x1235])
        let moved = try association(state, now: state.use.added)
        #expect(moved.state.lastSent.value == 1 << 32 | 77)
        #expect(moved.state.window?.highest.value == 2 << 32 | 55)
        let back = XfrmState(moved, requestID: 1, now: state.use.added).replay
        #expect(back.bitmap.map(\.nonzeroBitCount).reduce(0, +) == 1)
        #expect(try back.receiverWindow() == moved.state.window)
    }

    @Test("a window is the same after the kernel's form of it", arguments: [false, true])
    func windows(extended: Bool) throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let size = Int.random(in: 32...(extended ? 4_096 : 200), using: &generator)
            var window = try #require(ReplayWindow(size: size))
            var number: UInt64 = extended ? .random(in: 1..<(1 << 40), using: &generator) : 1
            for _ in 0..<Int.random(in: 0...300, using: &generator) {
                number += .random(in: 0...40, using: &generator)
                let back = UInt64.random(in: 0...60, using: &generator)
                window.record(SequenceNumber(number - min(back, number - 1)))
            }
            let replay = XfrmReplay(lastSent: SequenceNumber(5), window: window, extended: extended)
            #expect(replay.isExtendedForm == (extended || size > 32))
            #expect(try replay.receiverWindow() == window, "\(size)")
            let encoded = replay.encoded[...]
            let read = try replay.isExtendedForm ? XfrmReplay(extended: encoded) : XfrmReplay(old: encoded)
            #expect(read.bitmap == replay.bitmap && read.highest == replay.highest)
        }
    }

    @Test("what only sends has no memory, and with extended numbers the window of one that the kernel wants")
    func sender() throws {
        var state = try #require(try KernelWords.states()[0x1235])
        // As key management adds it.
        (state.replay.window, state.replay.bitmap) = (1, [0])
        let moved = try SecurityAssociation(
            state, name: "a", user: "u", direction: .outbound, now: state.use.added)
        #expect(moved.state.window == nil && moved.attributes.replayWindowSize == nil)
        let back = XfrmState(moved, requestID: 1, now: state.use.added).replay
        #expect(back.window == 1 && back.bitmap == [0] && back.lastSent == state.replay.lastSent)
        #expect(throws: XfrmObstacle.smallWindow(1)) { try association(state, now: state.use.added) }
    }

    @Test("the kernel counts a number's place in the ring from one")
    func ring() throws {
        var window = try #require(ReplayWindow(size: 64))
        window.record(SequenceNumber(1))
        window.record(SequenceNumber(3))
        // As kernel 6.1 showed it for packets 1 and 3: bits 0 and 2.
        #expect(XfrmReplay(lastSent: SequenceNumber(0), window: window, extended: false).bitmap == [0b101, 0])
    }

    @Test("what cannot be carried is refused with what it is")
    func obstacles() throws {
        let states = try KernelWords.states()
        let plain = try #require(states[0x1234])
        func obstacle(_ change: (inout XfrmState) -> Void) -> XfrmObstacle? {
            var state = plain
            change(&state)
            do throws(XfrmObstacle) { _ = try association(state, now: state.use.added) } catch { return error }
            return nil
        }
        #expect(obstacle { _ in } == nil)
        #expect(obstacle { $0.mark = XfrmState.Mark(value: 5, mask: 0xff) } == .mark)
        #expect(obstacle { $0.interfaceID = 9 } == .interfaceID)
        #expect(obstacle { $0.outputMark = 1 } == .outputMark)
        #expect(obstacle { $0.offload = XfrmState.Offload(interface: 1, flags: 0) } == .offload)
        #expect(obstacle { $0.padding = 100 } == .padding)
        #expect(obstacle { $0.mode = 4 } == .mode(4))
        #expect(obstacle { $0.flags = UInt8(XFRM_STATE_WILDRECV) } == .flags(UInt8(XFRM_STATE_WILDRECV)))
        #expect(obstacle { $0.extraFlags = 2 } == .extraFlags(2))
        #expect(obstacle { $0.unknown = [99: 4] } == .unknownAttribute(99))
        #expect(obstacle { $0.lifetime.softUseSeconds = 1 } == .lifetimeSinceUse)
        #expect(obstacle { $0.selector.user = 1 } == .selector("a user"))
        #expect(obstacle { $0.replay.window = 8 } == .smallWindow(8))
        #expect(obstacle { $0.spi = 5 } == .reservedSPI(5))
        let hidden = KeyMaterial(octets: [UInt8](repeating: 0, count: 20))
        #expect(obstacle { $0.combined?.key = hidden } == .hiddenKey)
        #expect(
            obstacle { $0.combined?.icvBits = 64 } == .algorithm("rfc4106(gcm(aes))", keyBits: 160, icvBits: 64))
    }

    @Test("every suite has its kernel form and comes back", arguments: AlgorithmSuite.allESP + AlgorithmSuite.allAH)
    func suites(suite: AlgorithmSuite) throws {
        let spi = try #require(SPI(0x4000))
        var attributes = StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite))
        attributes.replayWindowSize = 1_024
        attributes.softLifetime = Lifetime(seconds: 60, packets: 7)
        let association = SecurityAssociation(
            name: "a", user: "u",
            identifier: SAIdentifier(
                spi: spi, destination: KernelWords.address(1), securityProtocol: suite.securityProtocol),
            source: KernelWords.address(2), direction: .inbound, attributes: attributes)
        let state = XfrmState(association, requestID: 1, now: 100)
        #expect(try self.association(XfrmState(state.encoded[...]), now: 100) == association)
    }
}
