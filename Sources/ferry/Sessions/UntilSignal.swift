import ArgumentParser
import UnixSignals

/// Work that SIGINT and SIGTERM end.
enum UntilSignal {
    /// What `body` gives. After a signal it is cancelled, and once it has cleaned up, the command ends as a process does
    /// that the signal ended: with 128 and the signal's number.
    static func run(_ body: @escaping @Sendable () async throws -> Int32) async throws -> Int32 {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: End.self) { group in
            group.addTask { .done(try await body()) }
            group.addTask {
                for await signal in signals { return .signal(signal) }
                return .cancelled
            }
            while let end = try await group.next() {
                group.cancelAll()
                switch end {
                case .done(let status): return status
                case .cancelled: continue
                case .signal(let signal):
                    // However it ends now, the signal is why.
                    while await group.nextResult() != nil {}
                    Output.standard.note("ferry: ended by \(signal)")
                    return 128 + signal.rawValue
                }
            }
            throw CancellationError()
        }
    }

    private enum End {
        case done(Int32)
        case signal(UnixSignal)
        case cancelled
    }
}
