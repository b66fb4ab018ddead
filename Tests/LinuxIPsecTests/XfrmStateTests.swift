import CLinuxXfrm
import IPsec
import LinuxIPsec
import Testing

@Suite("SAs as the kernel tells them")
struct XfrmStateTests {
    private static let gcmKey = "0123456789abcdef0123456789abcdef01234567"

    @Test("the kernel's structures have the sizes that are read")
    func sizes() {
        #expect(MemoryLayout<xfrm_usersa_info>.size == XfrmState.octets)
        #expect(MemoryLayout<xfrm_userpolicy_info>.size == XfrmPolicy.octets)
        #expect(MemoryLayout<xfrm_selector>.size == XfrmSelector.octets)
        #expect(MemoryLayout<xfrm_usersa_id>.size == XfrmName.octets)
    }

    @Test("a selector is read as it was written: of both families, and of any")
    func selectors() throws {
        var (four, six) = (XfrmSelector(all: .v4), XfrmSelector(all: .v6))
        (four.source, four.destination) = (IPAddress(v4: 10, 1, 2, 3), IPAddress(v4: 192, 0, 2, 255))
        six.source = IPAddress(family: .v6, value: 0x2001_0db8 << 96 | 0xff)
        six.destination = IPAddress(family: .v6, value: .max)
        for selector in [four, six, XfrmSelector(all: nil)] {
            var writer = KernelWriter()
            selector.append(to: &writer)
            #expect(writer.octets.count == XfrmSelector.octets)
            var reader = KernelReader(writer.octets[...])
            #expect(try XfrmSelector(&reader) == selector)
        }
        var writer = KernelWriter()
        four.append(to: &writer)
        let rest = [UInt8](repeating: 0, count: 12)
        #expect(Array(writer.octets.prefix(20)) == [192, 0, 2, 255] + rest + [10, 1, 2, 3])
    }

    @Test("every field that iproute2 set is told: a tunnel with extended numbers")
    func extended() throws {
        let state = try #require(try KernelWords.states()[0x1235])
        #expect(state.source == KernelWords.address(1) && state.destination == KernelWords.address(2))
        #expect(state.requestID == 1 && state.mode == UInt8(XFRM_MODE_TUNNEL))
        #expect(state.flags == UInt8(XFRM_STATE_ESN))
        #expect(state.combined?.name == "rfc4106(gcm(aes))" && state.combined?.icvBits == 128)
        #expect(state.combined?.key.hex == Self.gcmKey)
        #expect(state.replay.lastSent == 1 << 32 | 77 && state.replay.highest == 2 << 32 | 55)
        #expect(state.replay.window == 1_024 && state.replay.bitmap.count == 32)
        #expect(state.unknown.isEmpty)
    }

    @Test("every field that iproute2 set is told: marks, ports, UDP, lifetimes and a selector")
    func marked() throws {
        let state = try #require(try KernelWords.states()[0x1236])
        #expect(state.mark == XfrmState.Mark(value: 5, mask: 0xff) && state.interfaceID == 9)
        #expect(state.encapsulation == XfrmState.Encapsulation(type: 2, sourcePort: 4500, destinationPort: 4501))
        #expect(state.encryption?.name == "cbc(aes)" && state.authentication?.name == "hmac(sha256)")
        #expect(state.authentication?.icvBits == 128)
        #expect(state.selector.sourcePrefix == 16 && state.selector.destinationPrefix == 32)
        #expect(state.selector.nextProtocol == 17 && state.selector.sourcePort == 5)
        #expect(state.lifetime.hardSeconds == 1_000 && state.lifetime.softPackets == 5_000)
        let ah = try #require(try KernelWords.states()[0x1237])
        #expect(ah.securityProtocol == 51 && ah.outputMark == 7 && ah.outputMarkMask == 15)
        #expect(ah.destination == IPAddress("fd00::1"))
    }

    @Test("what is written is read again as it was")
    func roundTrip() throws {
        for state in try KernelWords.states().values { #expect(try XfrmState(state.encoded[...]) == state) }
        for message in try KernelWords.messages("policies") {
            let policy = try XfrmPolicy(message.payload)
            #expect(try XfrmPolicy(policy.encoded[...]) == policy)
        }
    }

    @Test("a policy with its template")
    func policy() throws {
        let policy = try XfrmPolicy(try #require(try KernelWords.messages("policies").first).payload)
        #expect(policy.direction == UInt8(XFRM_POLICY_IN) && policy.priority == 77)
        #expect(policy.selector.source == IPAddress(v4: 10, 2, 0, 1) && policy.selector.sourcePrefix == 32)
        let template = try #require(policy.templates.first)
        #expect(template.source == KernelWords.address(2) && template.destination == KernelWords.address(1))
        #expect(template.requestID == 1 && template.mode == UInt8(XFRM_MODE_TUNNEL))
    }

    @Test("no key is in any description")
    func secrecy() throws {
        let state = try #require(try KernelWords.states()[0x1235])
        #expect(!"\(state)".contains(Self.gcmKey.prefix(8)))
    }

    @Test("an attribute that nobody knows is kept in mind")
    func unknown() throws {
        let state = try #require(try KernelWords.states()[0x1234])
        var more = NetlinkAttributes()
        more.add(200, [1, 2, 3])
        let read = try XfrmState((state.encoded + more.encoded)[...])
        #expect(read.unknown == [200: 3])
    }

    @Test("any octets give a value or an error")
    func mutations() throws {
        var generator = SystemRandomNumberGenerator()
        let seeds = try ["states", "policies"].flatMap { try KernelWords.messages($0).map { Array($0.payload) } }
        var accepted = 0
        for _ in 0..<20_000 {
            guard var octets = seeds.randomElement(using: &generator) else { continue }
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                octets[Int.random(in: octets.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            octets = Array(octets.prefix(Int.random(in: 0...octets.count, using: &generator)))
            // A trap would end the test: errors are typed.
            let (state, policy) = (try? XfrmState(octets[...]), try? XfrmPolicy(octets[...]))
            accepted += (state == nil ? 0 : 1) + (policy == nil ? 0 : 1)
            _ = try? NetlinkMessage.all(in: octets)
        }
        #expect(accepted > 0)
    }
}
