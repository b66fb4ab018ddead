import Foundation
import Testing

/// A screen as it has to look: the file `Screens/NAME.txt`, blanks at the ends of lines left out.
///
/// After a change of looks, draw all of them anew and read the difference before it is committed:
///
///     FERRY_DRAW_SCREENS=1 swift test --filter ConsoleTests.ScreenTests && git diff Tests/ConsoleTests/Screens
enum Golden {
    /// Compares a picture with its file, or writes the file when screens are drawn anew.
    static func expect(
        _ picture: [String], is name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let lines = picture.map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Screens/\(name).txt")
        if ProcessInfo.processInfo.environment["FERRY_DRAW_SCREENS"] != nil {
            try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
            return
        }
        let expected = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false
        ).dropLast().map(String.init)
        let rows = max(lines.count, expected.count)
        let row = (0..<rows).first { row in
            !lines.indices.contains(row) || !expected.indices.contains(row) || lines[row] != expected[row]
        }
        guard let row else { return }
        let found = lines.indices.contains(row) ? lines[row] : "(no more rows)"
        let wanted = expected.indices.contains(row) ? expected[row] : "(no more rows)"
        Issue.record("\(name), row \(row):\n\(found)\nhas to be\n\(wanted)", sourceLocation: sourceLocation)
    }
}
