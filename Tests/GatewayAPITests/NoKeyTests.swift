import Foundation
import GatewayAPI
import IPsec
import SwiftProtobuf
import Testing

@Suite struct NoKeyTests {
    /// One field as `gateway.proto` declares it.
    struct Field: Hashable {
        var type: String
        var name: String
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/GatewayAPI").standardizedFileURL

    /// Every field of every message.
    private static func fields() throws -> [Field] {
        let text = try String(contentsOf: folder.appending(path: "gateway.proto"), encoding: .utf8)
        let line = try Regex(#"^ +(?:repeated |optional )?([A-Za-z0-9_]+) ([a-z0-9_]+) = [0-9]+;"#)
        return text.split(separator: "\n").compactMap { row in
            guard let match = try? line.firstMatch(in: row), let type = match.output[1].substring,
                let name = match.output[2].substring
            else { return nil }
            return Field(type: String(type), name: String(name))
        }
    }

    @Test("no field of any message is named for a key, and none can hold raw octets")
    func names() throws {
        let fields = try Self.fields()
        #expect(fields.count > 150)
        for field in fields {
            for word in ["key", "secret", "salt"] { #expect(!field.name.contains(word), "\(field)") }
            #expect(field.type != "bytes", "\(field)")
        }
    }

    @Test("the generated code has the fields that gateway.proto declares")
    func generated() throws {
        let code = try String(contentsOf: Self.folder.appending(path: "Generated/gateway.pb.swift"), encoding: .utf8)
        let written = code.split(separator: "\n").filter { $0.contains("_protobuf_nameMap") }.joined()
        for field in try Self.fields() { #expect(written.contains(field.name), "\(field)") }
        for word in ["key", "secret", "salt"] { #expect(!written.lowercased().contains(word)) }
    }

    @Test("an SA's key is in no octet and no text of its message")
    func octets() throws {
        // Each run of four octets of this key is unlike anything else in the message.
        let octets = (0..<36).map { UInt8(0x80 + $0 * 3) }
        let message = APIAssociation(ReportedAssociation(try Sample.status(key: octets)))
        let sent: [UInt8] = try message.serializedBytes()
        for start in 0...(octets.count - 4) {
            let run = Array(octets[start..<(start + 4)])
            #expect(!(0...(sent.count - 4)).contains { Array(sent[$0..<($0 + 4)]) == run })
        }
        let hex = octets.prefix(4).map { String($0, radix: 16) }.joined()
        #expect(!(try message.jsonString()).lowercased().contains(hex))
        #expect(!message.textFormatString().contains("key"))
    }
}
