import IPsec
import Testing

@Suite struct AddressTests {
    @Test(
        "an address is read and written in the canonical form of RFC 5952",
        arguments: [
            ("127.10.0.1", "127.10.0.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
            ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("::ffff:10.0.0.1", "::ffff:10.0.0.1"),
            ("64:ff9b::10.1.2.3", "64:ff9b::a01:203"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ])
    func canonical(text: String, expected: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == expected)
        #expect(IPAddress(octets: address.octets) == address)
    }

    @Test(
        "what is not an address is refused",
        arguments: [
            "", "1", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.", "a.b.c.d", "+1.2.3.4", ":", ":::", "1:2",
            "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8:9", "::1.2.3", "1:2:3:4:5:6:7:8::",
            ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:",
        ])
    func refused(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("an IPv4 address keeps its meaning through the mapped form")
    func mapped() {
        let address = IPAddress(v4: 10, 0, 0, 1)
        #expect(address.mapped.description == "::ffff:10.0.0.1")
        #expect(address.mapped.unmapped == address)
    }

    @Test(
        "a range is read and written as an address, a prefix or two ends",
        arguments: [
            ("10.0.0.1", "10.0.0.1"), ("10.0.0.0/8", "10.0.0.0/8"), ("10.1.2.3/8", "10.0.0.0/8"),
            ("0.0.0.0/0", "0.0.0.0/0"),
            ("10.0.0.1-10.0.0.2", "10.0.0.1-10.0.0.2"), ("10.0.0.0-10.0.0.255", "10.0.0.0/24"), ("::/0", "::/0"),
            ("2001:db8::/32", "2001:db8::/32"), ("10.0.0.1/32", "10.0.0.1"),
        ])
    func ranges(text: String, expected: String) throws {
        #expect(try #require(AddressRange(text)).description == expected)
    }

    @Test("a range with ends in the wrong order, of two families or too long a prefix is refused")
    func badRanges() {
        for text in ["10.0.0.2-10.0.0.1", "10.0.0.1-::1", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "x/8"] {
            #expect(AddressRange(text) == nil)
        }
    }
}
