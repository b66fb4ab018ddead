import IPPackets
import Crypto
import Foundation
import IPsec
import Testing
import UserspaceIPsec

@Suite("Published vectors")
struct PublishedVectorTests {
    /// What an SA with those keys gets out of an ESP packet between two addresses.
    private func opened(
        _ esp: [UInt8], keys: KeyedSuite, spi: UInt32, number: UInt64, extended: Bool = false, mode: ProtocolMode
    ) throws -> PacketTransform.Opened {
        var attributes = StaticAttributes(mode: mode, keys: keys)
        attributes.extendedSequenceNumbers = extended
        let transform = try #require(PacketTransform(Samples.association(attributes, .inbound, spi: spi)))
        let packet = try IPPacket(
            IPPacket.build(from: Samples.left4, to: Samples.right4, nextProtocol: IPProtocol.esp, payload: esp))
        return try transform.open(packet, packet.payload, number: SequenceNumber(number))
    }

    /// The keys of a suite as a vector gives them.
    private func keys(
        _ cipher: EncryptionAlgorithm, _ encryption: [UInt8], _ integrity: IntegrityAlgorithm? = nil,
        _ integrityKey: [UInt8] = []
    ) throws -> KeyedSuite {
        let suite = try #require(AlgorithmSuite(esp: cipher, integrity))
        return try #require(
            KeyedSuite(
                suite, encryptionKey: KeyMaterial(octets: encryption), integrityKey: KeyMaterial(octets: integrityKey)))
    }

    /// The payload that transport mode gave back.
    private func payload(_ opened: PacketTransform.Opened) -> [UInt8]? {
        if case .packet(let packet) = opened { Array(packet.payload) } else { nil }
    }

    @Test("the ESP example packet of RFC 7634 appendix A opens, and to its ping")
    func chaCha20Poly1305() throws {
        let keys = try keys(.chaCha20Poly1305, Array(0x80...0x9f) + [0xa0, 0xa1, 0xa2, 0xa3])
        let packet = octets(
            """
            4500008c 23450000 4032de5b cb007199 cb007105
            01020304 00000005 10111213 14151617
            24039428 b97f417e 3c13753a 4f05087b 67c352e6 a7fab1b9 82d466ef 407ae5c6
            14ee8099 d52844eb 61aa95df ab4c02f7 2aa71e7c 4c4f64c9 befe2fac c638e8f3
            cbec163f ac469b50 2773f6fb 94e664da 9165b828 29f641e0
            76aaa826 6b7fb0f7 b11b3699 07e1ad43
            """)
        let ping = octets(
            """
            45000054 a6f20000 4001e778 c6336405 c0000205 08005b7a 3a080000 553bec10
            00073627 08090a0b 0c0d0e0f 10111213 14151617 18191a1b 1c1d1e1f 20212223
            24252627 28292a2b 2c2d2e2f 30313233 34353637
            """)
        let outer = try IPPacket(packet)
        let inner = try opened(Array(outer.payload), keys: keys, spi: 0x0102_0304, number: 5, mode: .tunnel)
        #expect(inner == .packet(try IPPacket(ping)))
    }

    @Test("test case 1 of draft-mcgrew-gcm-test, AES-GCM with a 128-bit key and ESN, opens")
    func aesGCM128() throws {
        let esp = octets(
            """
            00004321 00000000 4956ed7e3b244cfe
            fecf537e729d5b07dc30df528dd22b768d1b98736696a6fd348509fa13ceac34
            cfa2436f14a3f3cf65925bf1f4a13c5d15b21e1884f5ff6247aeabb786b93bce
            61bc17d768fd9732 459018148f6cbe722fd04796562dfdb4
            """)
        // Followed by the trailer 01 02, 02, 01.
        let plaintext = octets(
            """
            45000048699a000080114db7c0a80102c0a801010a9bf15638d3010000010000
            00000000045f736970045f756470037369700963796265726369747902646b00
            00210001
            """)
        let keys = try keys(.aesGCM128, octets("4c80cdefbb5d10da906ac73c3613a634 2e443b68"))
        let inner = try opened(
            esp, keys: keys, spi: 0x4321, number: 0x8765_4321_0000_0000, extended: true, mode: .transport)
        #expect(payload(inner) == plaintext)
    }

    @Test("the test case of draft-mcgrew-gcm-test with a 256-bit key opens")
    func aesGCM256() throws {
        let esp = octets(
            """
            4a2cbfe3 00000002 0102030405060708
            ff425c9b724599df7a3bcd510194e00d6a78107f1b0b1cbf06efae9d65a5d763
            748a637985771d347f0545659f14e99def842d8e b335f4eecfdbf831824b4c4915956c96
            """)
        // Followed by the trailer 01 02, 02, 01.
        let plaintext = octets(
            "4500003069a6400080062690c0a801029389155e0a9e008b2dc57ee000000000 7002400020bf0000020405b401010402")
        let key = octets("abbccddef00112233445566778899aababbccddef00112233445566778899aab 11223344")
        let inner = try opened(
            esp, keys: try keys(.aesGCM256, key), spi: 0x4a2c_bfe3, number: 2, mode: .transport)
        #expect(payload(inner) == plaintext)
    }

    @Test("case 5 of RFC 3602, AES-CBC in transport mode, opens once an ICV is added")
    func aesCBC128() throws {
        var esp = octets(
            """
            00004321 00000001 e96e8c08 ab465763 fd098d45 dd3ff893
            f663c25d 325c18c6 a9453e19 4e120849 a4870b66 cc6b9965 330013b4 898dc856
            a4699e52 3a55db08 0b59ec3a 8e4b7e52 775b07d1 db34ed9c 538ab50c 551b874a
            a269add0 47ad2d59 13ac19b7 cfbad4a6
            """)
        let plaintext = octets(
            """
            08000ebd a70a0000 8e9c083d b95b0700 08090a0b 0c0d0e0f 10111213 14151617
            18191a1b 1c1d1e1f 20212223 24252627 28292a2b 2c2d2e2f 30313233 34353637
            """)
        // The RFC's example has no integrity algorithm, our stack always has: swift-crypto's own HMAC makes it up.
        let integrityKey = [UInt8](repeating: 0x0b, count: 20)
        esp += HMAC<Insecure.SHA1>.authenticationCode(for: esp, using: SymmetricKey(data: integrityKey)).prefix(12)
        let keys = try keys(.aesCBC128, octets("90d382b4 10eeba7a d938c46c ec1a82bf"), .hmacSHA1, integrityKey)
        let inner = try opened(esp, keys: keys, spi: 0x4321, number: 1, mode: .transport)
        #expect(payload(inner) == plaintext)
    }

    @Test("an ICV is the first octets of HMAC as RFC 4868 and RFC 2404 cut it", arguments: IntegrityAlgorithm.allCases)
    func truncation(_ algorithm: IntegrityAlgorithm) throws {
        let key = [UInt8](repeating: 0x0b, count: algorithm.keyOctets)
        let symmetric = SymmetricKey(data: key)
        // SPI, number, a payload of 18 octets, no padding, pad length 0, next header 17.
        let covered = octets("00001001 00000007") + Array(1...18) + [0, 17]
        let code: [UInt8] =
            switch algorithm {
            case .hmacSHA1: Array(HMAC<Insecure.SHA1>.authenticationCode(for: covered, using: symmetric).prefix(12))
            case .hmacSHA256: Array(HMAC<SHA256>.authenticationCode(for: covered, using: symmetric).prefix(16))
            case .hmacSHA384: Array(HMAC<SHA384>.authenticationCode(for: covered, using: symmetric).prefix(24))
            case .hmacSHA512: Array(HMAC<SHA512>.authenticationCode(for: covered, using: symmetric).prefix(32))
            }
        let inner = try opened(
            covered + code, keys: try keys(.null, [], algorithm, key), spi: 0x1001, number: 7, mode: .transport)
        #expect(payload(inner) == Array(1...18))
    }
}
