import Foundation

/// Where a command writes: its result, and beside it what a person should know.
package struct Output: Sendable {
    /// Takes whole lines of the result; throws when nobody reads them any more.
    package let result: @Sendable (String) throws -> Void
    /// Takes one line without its line feed.
    package let note: @Sendable (String) -> Void

    /// Into what a test looks at.
    package init(result: @escaping @Sendable (String) throws -> Void, note: @escaping @Sendable (String) -> Void) {
        (self.result, self.note) = (result, note)
    }

    /// Standard output, without a buffer, and standard error.
    static let standard = Output(
        result: { try FileHandle.standardOutput.write(contentsOf: Data($0.utf8)) },
        note: { try? FileHandle.standardError.write(contentsOf: Data((SafeText($0).description + "\n").utf8)) })
}
