import Logging

/// Keeps what is logged, each entry as `message: reason`.
struct Logbook: Sendable {
    let entries: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    init() { (entries, continuation) = AsyncStream.makeStream() }

    var logger: Logger {
        var logger = Logger(label: "test") { [continuation] _ in Writer(continuation: continuation) }
        logger.logLevel = .trace
        return logger
    }

    /// Waits for an entry that contains `text`.
    func first(containing text: String) async -> String? { await entries.first { $0.contains(text) } }

    private struct Writer: LogHandler {
        let continuation: AsyncStream<String>.Continuation
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            continuation.yield("\(event.message): \(event.metadata?["reason"].map { "\($0)" } ?? "")")
        }
    }
}
