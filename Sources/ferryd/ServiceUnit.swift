import Foundation

/// The unit by which systemd runs the daemon.
package enum ServiceUnit {
    /// Its text, for a program at that path.
    package static func text(program: String) -> String {
        // In a unit a percent sign stands twice, and a path with a space in quotes.
        let escaped = program.replacingOccurrences(of: "%", with: "%%")
        let word = escaped.contains(where: { $0 == " " || $0 == "\"" || $0 == "\\" }) ? quoted(escaped) : escaped
        return String(decoding: PackageResources.ferryd_service, as: UTF8.self)
            .replacingOccurrences(of: "@FERRYD@", with: word)
    }

    private static func quoted(_ path: String) -> String {
        let inside = path.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
        return "\"\(inside)\""
    }
}
