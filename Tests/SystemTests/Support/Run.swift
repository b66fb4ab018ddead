import Foundation

/// A program that ran to its end.
struct Run {
    let status: Int32
    let output: String
    let errors: String

    /// Runs it.
    init(_ program: String, _ arguments: [String], in folder: TemporaryFolder) async throws {
        let (output, errors) = (folder.path(UUID().uuidString), folder.path(UUID().uuidString))
        status = await (try Child(program, arguments, output: output, errors: errors)).end()
        self.output = try String(contentsOfFile: output, encoding: .utf8)
        self.errors = try String(contentsOfFile: errors, encoding: .utf8)
        try FileManager.default.removeItem(atPath: output)
        try FileManager.default.removeItem(atPath: errors)
    }
}
