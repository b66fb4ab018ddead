import IPPackets
import Foundation
import IPsec
import Testing
import UserspaceIPsec

@Suite("Captures")
struct CaptureTests {
    @Test("a capture starts with the header of pcap for raw IP, and only its owner can read it")
    func fileHeader() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.pcap")
        _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o666])
        let packet = Samples.packet()
        try CaptureWriter(path: path).write(packet)
        let content = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        // Magic (microseconds), version 2.4, zone and accuracy 0, largest packet 65,535, link type 101.
        #expect(hex(content[..<24]) == "d4c3b2a1" + "02000400" + "0000000000000000" + "ffff0000" + "65000000")
        #expect(hex(content[40...]) == hex(packet))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("a key table names ends, SPI, algorithms and keys as Wireshark's esp_sa does")
    func keyTable() throws {
        let suite = try #require(AlgorithmSuite(esp: .aesGCM128))
        let keys = try #require(
            KeyedSuite(
                suite, encryptionKey: KeyMaterial(octets: Array(1...20)), integrityKey: KeyMaterial(octets: [])))
        var table = ESPKeyTable()
        let isAdded = table.add(spi: Samples.spi(0x1001), from: Samples.left4, to: Samples.right4, keys: keys)
        #expect(isAdded)
        #expect(
            table.text == #""IPv4","192.0.2.1","192.0.2.2","0x00001001","AES-GCM with 16 octet ICV [RFC4106]","#
                + #""0x0102030405060708090a0b0c0d0e0f1011121314","NULL","""# + "\n")
    }

    @Test("a suite that Wireshark 4.0 has no name for is not in a key table")
    func unknownSuite() throws {
        var table = ESPKeyTable()
        let suite = try #require(AlgorithmSuite(esp: .chaCha20Poly1305))
        let isAdded = table.add(
            spi: Samples.spi(0x1001), from: Samples.left4, to: Samples.right4, keys: Samples.keys(suite))
        #expect(!isAdded && table.text.isEmpty)
    }

    /// What one line of the capture was made with.
    private struct Sample {
        let name: String
        let inner: [UInt8]
    }

    @Test(
        "tshark decrypts every ESP packet of a capture to what was sent, and finds its ICV right",
        .enabled(if: Tshark.path != nil, "tshark is not installed (apt-get install tshark)"))
    func decrypted() throws {
        let folder = try TemporaryFolder()
        let capture = try CaptureWriter(path: folder.file("all.pcap"))
        var table = ESPKeyTable()
        var samples: [Sample] = []
        var spi: UInt32 = 0x1000
        for suite in AlgorithmSuite.allESP where suite.encryption != .chaCha20Poly1305 {
            for outer in AddressFamily.allCases {
                for inner in AddressFamily.allCases {
                    for isEncapsulated in [false, true] {
                        spi += 1
                        let ends = outer == .v4 ? (Samples.left4, Samples.right4) : (Samples.left6, Samples.right6)
                        let attributes = Samples.attributes(suite, udp: isEncapsulated)
                        let association = Samples.association(
                            attributes, from: ends.0, to: ends.1, .outbound, spi: spi)
                        let engine = Node([ends.0])
                        try engine.install([association], policies: [Samples.protect(association)])
                        let hosts = try #require(Samples.inside[inner])
                        let packet = Samples.packet(Int(spi), from: hosts.0, to: hosts.1)
                        let sealed = try #require(engine.send(packet).transmitted.first)
                        try capture.write(sealed)
                        let isAdded = table.add(
                            spi: association.identifier.spi, from: ends.0, to: ends.1, keys: attributes.keys)
                        #expect(isAdded)
                        let name = "\(suite) \(inner) in \(outer)\(isEncapsulated ? " in UDP" : "")"
                        samples.append(Sample(name: name, inner: packet))
                    }
                }
            }
        }
        try table.write(path: folder.file("esp_sa"))
        let lines = try Tshark.fields(
            ["udp.payload", "udp.srcport", "ip.src", "ipv6.src", "esp.icv_good", "esp.sequence"],
            of: folder.file("all.pcap"), keysIn: folder.path)
        try #require(lines.count == samples.count)
        for (line, sample) in zip(lines, samples) {
            let inner = try IPPacket(sample.inner)
            let content = try #require(inner.udp).content
            #expect(line[0] == hex(content), "\(sample.name)")
            #expect(line[1] == "4000", "\(sample.name)")
            #expect(line[inner.family == .v4 ? 2 : 3] == inner.source.description, "\(sample.name)")
            #expect(line[4] == "1" || line[4] == "True", "\(sample.name) \(line)")
        }
    }
}
