/// Why the journal cannot be used.
package enum JournalError: Error, Hashable, Sendable {
    /// The file cannot be opened or made; the library's words.
    case unusable(path: String, reason: String)
    /// A row does not mean anything: the file was changed by somebody else, or is of a newer daemon.
    case damaged(column: String)

    init(path: String, _ error: any Error) {
        self = error as? JournalError ?? .unusable(path: path, reason: "\(error)")
    }

    /// Reads a column's content; whatever is wrong with it, the column is damaged.
    static func damage<Value>(_ column: String, _ read: () throws -> Value) throws(JournalError) -> Value {
        do { return try read() } catch { throw .damaged(column: column) }
    }
}

extension JournalError: CustomStringConvertible {
    /// A sentence without its full stop.
    package var description: String {
        switch self {
        case .unusable(let path, let reason):
            "the journal \(path) cannot be used: \(reason); give the daemon a file that it may write"
        case .damaged(let column):
            "the journal has a row whose \(column) means nothing: it was changed by hand, or by a newer ferryd"
        }
    }
}
