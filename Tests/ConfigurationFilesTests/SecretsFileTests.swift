import ConfigurationFiles
import ForwardingPath
import Foundation
import IPsec
import Testing

@Suite("The file of secrets")
struct SecretsFileTests {
    private static let digits = String(repeating: "3c", count: 32)

    /// Runs `body` with a file of that text.
    private static func file(_ text: String, mode: Int = 0o600, _ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.path + "/ferry-secrets-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        try body(path)
    }

    /// What is wrong with it; `nil` where nothing is.
    private static func problem(_ path: String) -> FileError? {
        do throws(FileError) {
            _ = try SecretsFile.load(path)
            return nil
        } catch { return error }
    }

    @Test("a node and hexadecimal digits in each line, with comments and blanks, and without a last line's end")
    func read() throws {
        let other = String(repeating: "A0", count: 40)
        try Self.file("# secrets\r\nMN:  \(Self.digits)  # mine\n\n\tMN2 : \(other)") { path in
            let secrets = try SecretsFile.load(path)
            #expect(Set(secrets.keys) == ["MN", "MN2"])
            #expect(secrets["MN"] == KeyMaterial(octets: [UInt8](repeating: 0x3c, count: 32)))
            #expect(secrets["MN2"] == KeyMaterial(octets: [UInt8](repeating: 0xa0, count: 40)))
        }
    }

    @Test(
        "a line that is no secret is told of with its number, and not with what it says",
        arguments: [
            ("MN: \(digits)\nMN: \(digits)", 2), ("\n\nMN \(digits)", 3), ("MN: \(digits.dropLast(2))", 1),
            ("MN: \(digits)0", 1), ("MN: \(digits.dropLast())g", 1),
        ] as [(String, Int)])
    func wrong(text: String, line: Int) throws {
        try Self.file(text) { path in
            let error = try #require(Self.problem(path))
            #expect(error.line == line && !error.description.contains("3c3c"))
        }
    }

    @Test("a file that others may read is refused", arguments: [0o640, 0o604, 0o620])
    func open(mode: Int) throws {
        try Self.file("MN: \(Self.digits)", mode: mode) {
            #expect(Self.problem($0)?.problem.contains("others") == true)
        }
    }

    @Test("one that is too large is refused, not cut, where a cut secret would pass for a whole one")
    func large() throws {
        let secret = String(repeating: "3c", count: 64)
        let start = String(repeating: "#", count: SecretsFile.limit - 99) + "\n"
        for (text, isRefused) in [(start + "MN: " + secret, true), (start + "MN: " + Self.digits, false)] {
            #expect((text.utf8.count > SecretsFile.limit) == isRefused)
            try Self.file(text) { #expect((Self.problem($0) != nil) == isRefused) }
        }
    }

    @Test("what is no file is refused, without waiting for it")
    func noFile() throws {
        #expect(Self.problem("/dev/null") != nil)
        #expect(Self.problem(FileManager.default.temporaryDirectory.path) != nil)
        let pipe = FileManager.default.temporaryDirectory.path + "/ferry-pipe-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: pipe) }
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        #expect(Self.problem(pipe) != nil)
    }

    @Test("one of a stranger's is refused", .enabled(if: geteuid() == 0, "only root can give a file away"))
    func stranger() throws {
        try Self.file("MN: \(Self.digits)") { path in
            #expect(Self.problem(path) == nil)
            try #require(unsafe chown(path, 65_534, 65_534) == 0)
            #expect(Self.problem(path)?.problem.contains("root") == true)
        }
    }
}
