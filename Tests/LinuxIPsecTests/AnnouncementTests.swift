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

    @Test("an ARP probe has no sender's address, and who else has it answers (RFC 5227 section 2.1.1)")
    func probe() {
        let address = IPAddress(v4: 10, 0, 0, 1)
        let question = AddressProbe.question(address, from: Self.hardware)
        #expect(question.count == 42 && Array(question[12..<14]) == [8, 6] && Array(question[20..<22]) == [0, 1])
        #expect(Array(question[28..<32]) == [0, 0, 0, 0] && Array(question[38..<42]) == address.octets)
        var answer = question
        answer.replaceSubrange(6..<12, with: [2, 0, 0, 0, 0, 9])
        answer[21] = 2
        answer.replaceSubrange(28..<32, with: address.octets)
        #expect(AddressProbe.isAnswer(answer, of: address, to: Self.hardware))
        #expect(!AddressProbe.isAnswer(question, of: address, to: Self.hardware))
        let claim = AddressAnnouncement.frame(address, from: [2, 0, 0, 0, 0, 9], 0x0806)
        #expect(AddressProbe.isAnswer(claim, of: address, to: Self.hardware))
        #expect(!AddressProbe.isAnswer(claim, of: address, to: [2, 0, 0, 0, 0, 9]))
        var another = question
        another.replaceSubrange(6..<12, with: [2, 0, 0, 0, 0, 9])
        #expect(!AddressProbe.isAnswer(another, of: address, to: Self.hardware))
        #expect(!AddressProbe.isAnswer(answer, of: IPAddress(v4: 10, 0, 0, 2), to: Self.hardware))
        #expect(!AddressProbe.isAnswer(answer, of: address, to: [2, 0, 0, 0, 0, 9]))
        #expect(!AddressProbe.isAnswer(Array(answer.prefix(40)), of: address, to: Self.hardware))
    }

    @Test("a solicitation goes to the address's own group, and an advertisement answers it (RFC 4862 section 5.4.2)")
    func solicitation() throws {
        let address = try #require(IPAddress("fd00::1:2:3"))
        let question = AddressProbe.question(address, from: Self.hardware)
        let packet = try IPPacket(Array(question[14...]))
        #expect(packet.source == IPAddress("::") && packet.destination == IPAddress("ff02::1:ff02:3"))
        #expect(packet.hopLimit == 255 && packet.payload.first == 135)
        let answer = AddressAnnouncement.frame(address, from: [2, 0, 0, 0, 0, 9], 0x86dd)
        #expect(AddressProbe.isAnswer(answer, of: address, to: Self.hardware))
        #expect(!AddressProbe.isAnswer(question, of: address, to: [2, 0, 0, 0, 0, 9]))
    }
}
