package import GatewayAPI

/// Carries what one caller watches, as fast as the caller takes it.
///
/// What the gateway tells is always read at once. When too much waits for a slow caller, all of it is left out, and
/// the caller gets a new snapshot as soon as it reads again: so it costs the gateway no more than a few snapshots.
package struct WatchRelay: Sendable {
    /// What may wait for one caller; where a snapshot has more, four snapshots.
    package static let backlog = 20_000

    private let operations: any GatewayOperations
    private let options: WatchOptions
    private let backlog: Int

    /// For one caller; `backlog` counts as ``GatewayAPI/WatchUpdate/weight`` does.
    package init(_ operations: any GatewayOperations, options: WatchOptions, backlog: Int = Self.backlog) {
        (self.operations, self.options, self.backlog) = (operations, options, backlog)
    }

    /// Writes until the gateway ends it or `write`, which returns when the caller can take more, throws.
    package func run(_ write: (WatchUpdate) async throws -> Void) async throws {
        while !Task.isCancelled {
            let buffer = WatchBuffer(backlog: backlog)
            let source = await operations.watch(options)
            // Cancelled where this scope ends, and with it the source.
            async let filled: Void = buffer.fill(from: source)
            for await _ in buffer.wakes {
                for update in await buffer.take() { try await write(update) }
            }
            guard await buffer.hasOverflowed else { return await filled }
        }
    }
}
