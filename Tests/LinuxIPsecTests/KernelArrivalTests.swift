import CLinuxXfrm
import IPsec
import LinuxIPsec
import Testing

@Suite("SAs that come to the kernel and go from it")
struct KernelArrivalTests {
    /// A notification of that type about an SA that the kernel told of.
    private static func notification(_ type: Int, _ spi: UInt32) throws -> NetlinkMessage {
        let message = try #require(try KernelWords.messages("states").first { try XfrmState($0.payload).spi == spi })
        return NetlinkMessage(type: UInt16(type), flags: 0, payload: message.payload)
    }

    @Test("one that is added, or filled in, has come", arguments: [XFRM_MSG_NEWSA, XFRM_MSG_UPDSA])
    func came(type: Int) throws {
        let identifier = SAIdentifier(
            spi: try #require(SPI(0x1235)), destination: KernelWords.address(2), securityProtocol: .esp)
        #expect(
            try KernelArrivals.arrivals([try Self.notification(type, 0x1235)]) == [
                .came(
                    KernelArrival.Newcomer(
                        identifier: identifier, source: KernelWords.address(1), requestID: 1, refusesCopies: true))
            ])
    }

    @Test("one that is deleted has gone")
    func went() throws {
        let identifier = SAIdentifier(
            spi: try #require(SPI(0x1235)), destination: KernelWords.address(2), securityProtocol: .esp)
        let message = NetlinkMessage(
            type: UInt16(XFRM_MSG_DELSA), flags: 0, payload: XfrmName(identifier).encoded[...])
        #expect(try KernelArrivals.arrivals([message]) == [.went(identifier)])
    }

    @Test("one that reached its hard lifetime has gone, which nothing else tells; a soft one changes nothing")
    func expired() throws {
        let identifier = SAIdentifier(
            spi: try #require(SPI(0x1235)), destination: KernelWords.address(2), securityProtocol: .esp)
        let state = try Self.notification(XFRM_MSG_NEWSA, 0x1235).payload.prefix(XfrmState.octets)
        let mark: [UInt8] = [12, 0, UInt8(XFRMA_MARK.rawValue), 0, 1, 0, 0, 0, 1, 0, 0, 0]
        for (hard, attributes, isGone) in [(1, [], true), (0, [], false), (1, mark, false)] as [(UInt8, [UInt8], Bool)]
        {
            let message = NetlinkMessage(
                type: UInt16(XFRM_MSG_EXPIRE), flags: 0,
                payload: (Array(state) + [hard, 0, 0, 0, 0, 0, 0, 0] + attributes)[...])
            #expect(try KernelArrivals.arrivals([message]) == (isGone ? [.went(identifier)] : []))
        }
        let flush = NetlinkMessage(type: UInt16(XFRM_MSG_FLUSHSA), flags: 0, payload: [50, 0, 0, 0])
        #expect(try KernelArrivals.arrivals([flush]) == [.overrun])
    }

    @Test("one with a mark, as those have that are out of service, is passed over")
    func marked() throws {
        #expect(try KernelArrivals.arrivals([try Self.notification(XFRM_MSG_NEWSA, 0x1236)]) == [])
        let identifier = SAIdentifier(spi: .one, destination: KernelWords.address(2), securityProtocol: .esp)
        let name = XfrmName(identifier, mark: KernelView.parkedMark)
        let message = NetlinkMessage(type: UInt16(XFRM_MSG_DELSA), flags: 0, payload: name.encoded[...])
        #expect(try KernelArrivals.arrivals([message]) == [])
    }
}
