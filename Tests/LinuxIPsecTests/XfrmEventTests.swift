import CLinuxXfrm
import IPsec
import LinuxIPsec
import Testing

@Suite("What the kernel tells without being asked")
struct XfrmEventTests {
    private func events(_ type: Int, _ payload: [UInt8] = []) throws -> [String] {
        let message = NetlinkMessage(type: UInt16(type), flags: 0, payload: payload[...])
        return try XfrmEvent.all(in: [message, message]).map { event in
            switch event {
            case .changed: "changed"
            case .expired(_, let isHard): isHard ? "hard" : "soft"
            case .acquire(let wanted): "\(wanted.source) \(wanted.destination) \(wanted.securityProtocol)"
            case .overrun: "overrun"
            }
        }
    }

    @Test(
        "SAs and policies that anybody adds, changes or deletes are news, once for what comes together",
        arguments: [
            XFRM_MSG_NEWSA, XFRM_MSG_UPDSA, XFRM_MSG_DELSA, XFRM_MSG_FLUSHSA, XFRM_MSG_NEWPOLICY, XFRM_MSG_UPDPOLICY,
            XFRM_MSG_DELPOLICY, XFRM_MSG_FLUSHPOLICY, XFRM_MSG_POLEXPIRE,
        ])
    func changes(type: Int) throws {
        #expect(try events(type) == ["changed"])
    }

    @Test("lifetimes are told for each SA")
    func lifetimes() throws {
        let state = try #require(try KernelWords.states()[0x1234])
        let fixed = Array(state.encoded.prefix(XfrmState.octets))
        #expect(try events(XFRM_MSG_EXPIRE, fixed + [1, 0, 0, 0]) == ["hard", "hard"])
        #expect(try events(XFRM_MSG_EXPIRE, fixed + [0, 0, 0, 0]) == ["soft", "soft"])
        #expect(throws: NetlinkError.truncated) { try events(XFRM_MSG_EXPIRE, Array(fixed.dropLast())) }
    }

    @Test("an SA that is wanted is told with its ends, also where the packets are of the other family")
    func acquire() throws {
        #expect(MemoryLayout<xfrm_user_acquire>.size == XfrmAcquire.octets)
        var policy = try XfrmPolicy(try #require(try KernelWords.messages("policies").first).payload)
        policy.templates = [
            XfrmPolicy.Template(
                source: try #require(IPAddress("fd00::1")), destination: try #require(IPAddress("fd00::2")),
                securityProtocol: 50, requestID: 1, mode: 1)
        ]
        let (fixed, templates) = (policy.encoded.prefix(XfrmPolicy.octets), policy.encoded.dropFirst(XfrmPolicy.octets))
        var writer = KernelWriter()
        writer.address(policy.templates[0].destination)
        writer.zeros(4)
        writer.integer(UInt8(50))
        writer.zeros(3)
        writer.address(policy.templates[0].source)
        policy.selector.append(to: &writer)
        let payload = writer.octets + fixed + [UInt8](repeating: 0xff, count: 16) + templates
        #expect(try events(XFRM_MSG_ACQUIRE, payload) == ["fd00::1 fd00::2 50", "fd00::1 fd00::2 50"])
        #expect(throws: NetlinkError.truncated) { try events(XFRM_MSG_ACQUIRE, Array(payload.prefix(279))) }
    }
}
