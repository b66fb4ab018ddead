import IPsec
import LinuxIPsec
import Testing

@Suite("By what the packets of kernel SAs are known")
struct PacketWayTests {
    private static let (gateway, peer) = (KernelWords.address(1), KernelWords.address(2))

    private static func state(_ spi: UInt32, outbound: Bool, requestID: UInt32) -> XfrmState {
        var state = XfrmState(
            spi: spi, source: outbound ? gateway : peer, destination: outbound ? peer : gateway, securityProtocol: 50,
            mode: 1)
        (state.requestID, state.replay.window) = (requestID, outbound ? 0 : 32)
        state.combined = XfrmAlgorithm(
            name: "rfc4106(gcm(aes))", key: KeyMaterial(octets: [UInt8](repeating: 1, count: 36)), icvBits: 128)
        return state
    }

    /// The gateway's policy for packets to that address.
    private static func policy(_ last: UInt8, requestID: UInt32?) -> XfrmPolicy {
        var selector = XfrmSelector(all: .v4)
        (selector.destination, selector.destinationPrefix) = (KernelWords.address(last), 32)
        var policy = XfrmPolicy(direction: 1, selector: selector)
        policy.priority = UInt32(last)
        policy.templates =
            requestID.map {
                [XfrmPolicy.Template(source: gateway, destination: peer, securityProtocol: 50, requestID: $0, mode: 1)]
            } ?? []
        return policy
    }

    @Test("what sends by all selectors of its policies in their order, what receives by itself")
    func ways() throws {
        let view = KernelView(
            states: [
                Self.state(0x1001, outbound: true, requestID: 1), Self.state(0x1002, outbound: false, requestID: 1),
                Self.state(0x1003, outbound: true, requestID: 2),
            ],
            policies: [
                Self.policy(9, requestID: 1), Self.policy(7, requestID: nil), Self.policy(8, requestID: 1),
            ], addresses: [Self.gateway])
        let ways = view.ways(of: view.associations)
        #expect(ways.map(\.identifier.spi.value) == [0x1001, 0x1002, 0x1003])
        #expect(
            ways.map { $0.selectors.map(\.destination) } == [
                [AddressRange(KernelWords.address(8)), AddressRange(KernelWords.address(9))], [], [],
            ])
        #expect(ways.map(\.refusesCopies) == [false, true, false])
    }
}
