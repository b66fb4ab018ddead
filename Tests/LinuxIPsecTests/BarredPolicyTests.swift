import IPsec
import LinuxIPsec
import Testing

@Suite("Policies of SAs that leave")
struct BarredPolicyTests {
    private static let gateway = KernelWords.address(1)

    /// The gateway's SA to that peer, and the policy that uses it.
    private static func pair(_ peer: UInt8, requestID: UInt32, wildcard: Bool = false) -> (XfrmState, XfrmPolicy) {
        var state = XfrmState(
            spi: 0x1000 + UInt32(peer), source: gateway, destination: KernelWords.address(peer), securityProtocol: 50,
            mode: 1)
        state.requestID = requestID
        state.combined = XfrmAlgorithm(
            name: "rfc4106(gcm(aes))", key: KeyMaterial(octets: [UInt8](repeating: peer, count: 36)), icvBits: 128)
        let any = IPAddress(family: .v4, value: 0)
        var policy = XfrmPolicy(direction: 1, selector: XfrmSelector(all: .v4))
        policy.priority = UInt32(peer)
        policy.templates = [
            XfrmPolicy.Template(
                source: wildcard ? any : gateway, destination: wildcard ? any : KernelWords.address(peer),
                securityProtocol: 50, requestID: requestID, mode: 1)
        ]
        return (state, policy)
    }

    @Test("where request IDs are shared, as of SAs added by hand, only the policy of the one that leaves is barred")
    func shared() {
        for id in [UInt32(0), 7] {
            let (first, second) = (Self.pair(2, requestID: id), Self.pair(3, requestID: id))
            let view = KernelView(
                states: [first.0, second.0], policies: [first.1, second.1], addresses: [Self.gateway])
            let leaving = view.associations.filter { $0.identifier.destination == KernelWords.address(2) }
            let barred = KernelPolicies.barred([first.1, second.1], of: leaving)
            #expect(barred.map(\.priority) == [2])
            #expect(barred.map(\.action) == [1])
        }
    }

    @Test("an SA that takes the place of one that ends sends by its policy, even where none came with it")
    func inherited() throws {
        var (old, policy) = Self.pair(2, requestID: 7)
        old.use.added = 10
        policy.templates[0].spi = old.spi
        policy.action = 1
        // With the same request ID: two that came later, and one to another peer.
        let others = [(2, 20), (2, 30), (3, 40)].enumerated().map { index, other in
            var state = Self.pair(UInt8(other.0), requestID: 7).0
            (state.spi, state.use.added) = (0x2000 + UInt32(index), UInt64(other.1))
            return state
        }
        let view = KernelView(states: [old] + others, policies: [policy], addresses: [Self.gateway])
        let gone = view.associations.filter { $0.state.spi == old.spi }
        let rest = view.associations.filter { $0.state.spi != old.spi }
        let inherited = try #require(KernelPolicies.inherited([policy], from: gone, by: rest).first)
        #expect(inherited.templates[0].spi == 0x2001 && inherited.action == 0)
        let strangers = rest.filter { $0.state.destination != old.destination }
        #expect(KernelPolicies.inherited([policy], from: gone, by: strangers).isEmpty)
    }

    @Test("a policy that names no ends is barred with any SA of its request ID")
    func wildcard() {
        let (state, policy) = Self.pair(2, requestID: 7, wildcard: true)
        let view = KernelView(states: [state], policies: [policy], addresses: [Self.gateway])
        #expect(KernelPolicies.barred([policy], of: view.associations).count == 1)
    }
}
