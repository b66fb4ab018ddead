import IPPackets
import IPsec
import LinuxIPsec
import Testing

@Suite("What is told of an address that moved")
struct AnnouncementTests {
    private static let hardware: [UInt8] = [2, 0, 0, 0, 0, 7]

    @Test("a gratuitous ARP names the address twice, and the new place (RFC 5227 section 3)")
    func arp() {
        let address = IPAddress(v4: 10, 0, 0, 1)
        let frame = AddressAnnouncement.frame(address, from: Self.hardware, 0x0806)
        #expect(frame.count == 42)
        #expect(frame.prefix(6).allSatisfy { $0 == 0xff } && Array(frame[6..<12]) == Self.hardware)
        #expect(Array(frame[20..<22]) == [0, 1])
        #expect(Array(frame[22..<28]) == Self.hardware)
        #expect(Array(frame[28..<32]) == address.octets && Array(frame[38..<42]) == address.octets)
    }

    @Test("an unsolicited advertisement overrides what neighbours know (RFC 4861 section 7.2.6)")
    func advertisement() throws {
        let address = try #require(IPAddress("fd00::1"))
        let frame = AddressAnnouncement.frame(address, from: Self.hardware, 0x86dd)
        let packet = try IPPacket(Array(frame[14...]))
        #expect(packet.source == address && packet.destination == IPAddress("ff02::1") && packet.hopLimit == 255)
        let message = Array(packet.payload)
        #expect(message[0] == 136 && message[4] == 0x20)
        #expect(Array(message[8..<24]) == address.octets && Array(message[26..<32]) == Self.hardware)
        var sum = InternetChecksum()
        sum.add((packet.source.octets + packet.destination.octets)[...])
        sum.add(UInt32(58))
        sum.add(UInt32(message.count))
        sum.add(message[...])
        #expect(sum.value == 0)
    }
}
