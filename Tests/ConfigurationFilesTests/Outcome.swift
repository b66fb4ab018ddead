import ConfigurationFiles

/// What a reader said.
enum Outcome {
    /// The error's text; `read` when there was none.
    static func of(_ body: () throws(FileError) -> Void) -> String {
        do {
            try body()
            return "read"
        } catch {
            return error.description
        }
    }
}
