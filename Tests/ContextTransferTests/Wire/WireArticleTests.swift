import ContextTransfer
import Foundation
import IPsec
import Testing

@Suite("The article about the wire")
struct WireArticleTests {
    private static func article() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: root.appending(path: "Sources/ContextTransfer/ContextTransfer.docc/Wire.md"), encoding: .utf8)
    }

    /// The cells of every row of its tables, without marks.
    private static func rows() throws -> [[String]] {
        try article().split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
            line.split(separator: "|").map { $0.replacing("`", with: "").trimmingCharacters(in: .whitespaces) }
        }
    }

    @Test("it has a row for every type of message, with its number", arguments: CXTPType.allCases)
    func types(type: CXTPType) throws {
        let rows = try Self.rows().filter { $0.first == "\(type.rawValue)" && $0.count == 5 }
        #expect(rows.contains { $0[1].hasSuffix("\(type)") }, "\(type) \(type.rawValue)")
    }

    @Test("it has every block, with its number", arguments: FeatureProfile.allCases)
    func blocks(feature: FeatureProfile) throws {
        let number =
            "0xFF" + (feature.rawValue & 0xff < 16 ? "0" : "")
            + String(feature.rawValue & 0xff, radix: 16, uppercase: true)
        let heading = try Self.article().contains("### \(feature), \(number)\n")
        let row = try Self.rows().contains { $0.starts(with: [number, "\(feature)"]) }
        #expect(heading != row, "\(feature) \(number)")
    }

    @Test("it has every field that a refusal names", arguments: WireField.allCases)
    func fields(field: WireField) throws {
        #expect(try Self.article().contains("`\(field)`"), "\(field)")
    }

    @Test("it has every role, purpose and end, with its number")
    func codes() throws {
        let article = try Self.article()
        for role in MoveRole.allCases { #expect(article.contains("\(role.rawValue) `\(role)`"), "\(role)") }
        for purpose in MoveIdentity.Purpose.allCases {
            #expect(article.contains("\(purpose.rawValue) `\(purpose)`"), "\(purpose)")
        }
        for kind in SettlementKind.allCases { #expect(article.contains("\(kind.rawValue) `\(kind)`"), "\(kind)") }
        for end in HolderEnd.allCases { #expect(article.contains("\(end.rawValue) `\(end)`"), "\(end)") }
    }

    @Test("it has a row for every reason, with its number", arguments: MoveReasonCode.allCases)
    func reasons(code: MoveReasonCode) throws {
        #expect(try Self.rows().contains { $0.starts(with: ["\(code.rawValue)", "\(code)"]) }, "\(code)")
    }
}
