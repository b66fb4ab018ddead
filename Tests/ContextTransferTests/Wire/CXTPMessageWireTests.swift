import ContextTransfer
import IPsec
import Testing

@Suite("The messages of RFC 4067")
struct CXTPMessageWireTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let hex: String
        let message: CXTPMessage
    }

    static let v4 = IPAddress(v4: 10, 0, 0, 1)
    static let router4 = IPAddress(v4: 192, 0, 2, 7)
    static let v6 = IPAddress(family: .v6, value: 0x2001_0db8_0000_0000_0000_0000_0000_0001)
    static let router6 = IPAddress(family: .v6, value: 0x2001_0db8_0000_0000_0000_0000_0000_0007)
    static let v6Hex = "20010db8 00000000 00000000 00000001"
    static let router6Hex = "20010db8 00000000 00000000 00000007"

    static func block(_ feature: UInt16, _ presence: UInt32? = nil, _ data: [UInt8] = []) -> [ContextDataBlock] {
        do { return [try ContextDataBlock(feature: feature, presence: presence, data: data[...])] } catch { return [] }
    }

    static let rows: [Row] = [
        Row(
            testDescription: "CTAR in IPv4",
            // version 1, type 1 · V and A · 28 octets · MN · router · sequence 5 · token · request for FPT 9, 1 word
            hex: "21 c0 001c  0a000001  c0000207  00000005  deadbeef  0009 01 00 00000000",
            message: .activateRequest(
                ActivateRequest(
                    wantsAcknowledgement: true, previousAddress: v4, routerAddress: router4, sequence: 5,
                    token: 0xdead_beef, requests: block(9)))),
        Row(
            testDescription: "CTAR in IPv6",
            // V and A zero · 44 octets · no request: all contexts
            hex: "21 00 002c  \(v6Hex)  \(router6Hex)  00000005  00000000",
            message: .activateRequest(
                ActivateRequest(
                    wantsAcknowledgement: false, previousAddress: v6, routerAddress: router6, sequence: 5, token: 0,
                    requests: []))),
        Row(
            testDescription: "CTAR of mixed families: V is 0 and the IPv4 address is mapped",
            hex: "21 00 002c  00000000 00000000 0000ffff 0a000001  \(router6Hex)  00000005  00000000",
            message: .activateRequest(
                ActivateRequest(
                    wantsAcknowledgement: false, previousAddress: v4, routerAddress: router6, sequence: 5, token: 0,
                    requests: []))),
        Row(
            testDescription: "CTAA in IPv4",
            // type 2 · V · 12 octets · MN · FPT 9 failed with code 3
            hex: "22 80 000c  0a000001  0009 03 00",
            message: .activateAcknowledge(
                ActivateAcknowledge(previousAddress: v4, failures: [FeatureStatus(feature: 9, code: 3)]))),
        Row(
            testDescription: "CTAA in IPv6", hex: "22 00 0014  \(v6Hex)",
            message: .activateAcknowledge(ActivateAcknowledge(previousAddress: v6, failures: []))),
        Row(
            testDescription: "CTD in IPv4",
            // type 3 · V and A · 28 octets · 258 ms · MN · FPT 9, 2 words, P · bits 0 and 1 · 5 octets and 3 of padding
            hex: "23 c0 001c  00000102  0a000001  0009 02 80  c0000000  0102030405 000000",
            message: .transferData(
                TransferData(
                    wantsReply: true, elapsed: 258, previousAddress: v4,
                    blocks: block(9, 0xc000_0000, [1, 2, 3, 4, 5])))),
        Row(
            testDescription: "CTD in IPv6", hex: "23 00 0018  00000000  \(v6Hex)",
            message: .transferData(TransferData(wantsReply: false, elapsed: 0, previousAddress: v6, blocks: []))),
        Row(
            testDescription: "PCTD in IPv4 with a token's key",
            // type 4 · V · 20 octets · 0 ms · MN · HMAC_SHA1 · 4 octets of key
            hex: "24 80 0014  00000000  0a000001  0001 0004  6b657931",
            message: .predictiveTransferData(
                PredictiveTransferData(
                    wantsReply: false, elapsed: 0, previousAddress: v4, algorithm: 1,
                    key: KeyMaterial(octets: Array("key1".utf8)), blocks: []))),
        Row(
            testDescription: "PCTD in IPv6 without a key",
            // A · 36 octets · algorithm 0, key length 0 · FPT 9, 1 word, 4 octets
            hex: "24 40 0024  00000000  \(v6Hex)  0000 0000  0009 01 00 01020304",
            message: .predictiveTransferData(
                PredictiveTransferData(
                    wantsReply: true, elapsed: 0, previousAddress: v6, blocks: block(9, nil, [1, 2, 3, 4])))),
        Row(
            testDescription: "CTDR in IPv4",
            // type 5 · V and S · 12 octets · MN · FPT 9 received
            hex: "25 c0 000c  0a000001  0009 00 00",
            message: .transferDataReply(
                TransferDataReply(
                    isSuccess: true, previousAddress: v4, statuses: [FeatureStatus(feature: 9, code: 0)]))),
        Row(
            testDescription: "CTDR in IPv6", hex: "25 00 0018  \(v6Hex)  000a 07 00",
            message: .transferDataReply(
                TransferDataReply(
                    isSuccess: false, previousAddress: v6, statuses: [FeatureStatus(feature: 10, code: 7)]))),
        Row(
            testDescription: "CTC in IPv4", hex: "26 80 0008  0a000001",
            message: .transferCancel(TransferCancel(previousAddress: v4))),
        Row(
            testDescription: "CTC in IPv6", hex: "26 00 0014  \(v6Hex)",
            message: .transferCancel(TransferCancel(previousAddress: v6))),
        Row(
            testDescription: "CT-Req in IPv4",
            // type 7 · V · 24 octets · MN · sequence 5 · token · request for FPT 9
            hex: "27 80 0018  0a000001  00000005  deadbeef  0009 01 00 00000000",
            message: .transferRequest(
                TransferRequest(previousAddress: v4, sequence: 5, token: 0xdead_beef, requests: block(9)))),
        Row(
            testDescription: "CT-Req in IPv6", hex: "27 00 001c  \(v6Hex)  00000000  00000000",
            message: .transferRequest(TransferRequest(previousAddress: v6, sequence: 0, token: 0, requests: []))),
        Row(
            testDescription: "an extension in IPv4",
            // type 23, inquire · V · 8 octets · subject
            hex: "37 80 0008  0a000001",
            message: .extended(ExtensionMessage(.inquire, previousAddress: v4, blocks: []))),
    ]

    @Test("a message has the RFC's octets, both ways", arguments: rows)
    func octets(row: Row) throws {
        #expect(try row.message.encoded() == hex(row.hex))
        #expect(try CXTPMessage(decoding: hex(row.hex)[...]) == row.message)
    }

    static let errors: [(String, WireError)] = [
        ("", .truncated(needed: 1, available: 0)),
        ("21 c0 00", .truncated(needed: 2, available: 1)),
        ("46 80 0008 0a000001", .unknownVersion(2)),
        ("20 80 0008 0a000001", .unknownType(0)),
        ("26 c0 0008 0a000001", .reservedBitsSet),
        ("25 81 0008 0a000001", .reservedBitsSet),
        ("26 80 0009 0a000001", .badLength(stated: 9, actual: 8)),
        ("26 80 0003", .badLength(stated: 3, actual: 4)),
        ("26 80 0009 0a000001 00", .trailing(octets: 1)),
        ("26 00 0008 0a000001", .truncated(needed: 16, available: 4)),
        ("22 80 000c 0a000001 0009 03 01", .reservedBitsSet),
        ("24 80 0014 00000000 0a000001 0000 0004 6b657931", .badValue(.algorithm)),
        ("24 80 0010 00000000 0a000001 0001 0000", .badValue(.algorithm)),
        ("23 80 0014 00000000 0a000001 0009 00 00 00000000", .badLength(stated: 0, actual: 4)),
        ("23 80 0014 00000000 0a000001 0009 01 01 00000000", .reservedBitsSet),
        ("23 80 0014 00000000 0a000001 0009 02 00 00000000", .truncated(needed: 12, available: 4)),
    ]

    @Test("what no encoder writes is refused with its reason", arguments: errors)
    func refused(hex text: String, error: WireError) {
        #expect(throws: error) { try CXTPMessage(decoding: hex(text)[...]) }
    }

    @Test("a block ends at 2,040 octets")
    func largestBlock() throws {
        let most = [UInt8](repeating: 1, count: 2032)
        #expect(try ContextDataBlock(feature: 9, presence: 0, data: most[...]).size == 2040)
        #expect(throws: WireError.blockTooLarge(octets: 2048)) {
            try ContextDataBlock(feature: 9, presence: 0, data: (most + [1])[...])
        }
    }

    @Test("a message ends at 65,535 octets")
    func largestMessage() {
        let statuses = [FeatureStatus](repeating: FeatureStatus(feature: 1, code: 1), count: 16_382)
        let message = CXTPMessage.activateAcknowledge(ActivateAcknowledge(previousAddress: Self.v4, failures: statuses))
        #expect(throws: WireError.messageTooLarge(octets: 65_536)) { try message.encoded() }
    }

    @Test("a block's text and reflection do not show its data")
    func redacted() throws {
        let block = try ContextDataBlock(feature: 0xff01, data: [0xab, 0xcd, 0xef, 0x99])
        #expect("\(block)" == "<context block 0xff01, 8 octets>")
        #expect(Mirror(reflecting: block).children.isEmpty)
    }
}
