/// Asks charon over its VICI socket.
///
/// Each command has a connection of its own, so a slow one holds up no other, and one that took too long leaves nothing
/// behind. No thread waits for charon.
package struct ViciClient: Sendable {
    /// Where charon listens unless it is configured otherwise.
    package static let usualPath = "/run/charon.vici"

    /// The socket's path.
    package let path: String
    private let clock: any Clock<Duration>

    /// A client of the charon at that socket.
    package init(path: String = usualPath, clock: any Clock<Duration> = ContinuousClock()) {
        (self.path, self.clock) = (path, clock)
    }

    /// Charon's answer to a command; throws also where it says no.
    package func request(
        _ command: String, _ message: ViciMessage = [:], within limit: Duration
    ) async throws(ViciFailure) -> ViciMessage {
        let path = path
        return try await deadline(limit) { () async throws(ViciFailure) in
            try await Self.run(ViciExchange(command, message), at: path) { _ in }
        }
    }

    /// The answer to a command whose parts come as events: what `read` makes of each, in order.
    package func list<Value: Sendable>(
        _ command: String, _ message: ViciMessage = [:], parts: String, within limit: Duration,
        read: @escaping @Sendable (ViciMessage) throws(ViciFailure) -> Value
    ) async throws(ViciFailure) -> [Value] {
        let path = path
        return try await deadline(limit) { () async throws(ViciFailure) in
            let found = Found<Value>()
            _ = try await Self.run(ViciExchange(command, message, parts: parts), at: path) { part in
                await found.add(try read(part))
            }
            return await found.values
        }
    }

    /// Hears of events until charon ends the connection or the task is cancelled, and then throws; also when charon does
    /// not confirm the registrations within `limit`.
    ///
    /// `ready` is called once no event can be missed any more; charon waits while either closure runs.
    package func listen(
        to first: String, _ others: [String], within limit: Duration,
        ready: @escaping @Sendable @concurrent () async -> Void,
        hear: @escaping @Sendable @concurrent (String, ViciMessage) async -> Void
    ) async throws(ViciFailure) -> Never {
        let (path, clock, isReady) = (path, clock, Mark())
        throw await withTaskGroup(of: ViciFailure?.self) { group in
            group.addTask {
                do throws(ViciFailure) {
                    return try await Self.hear(of: ViciSubscription(to: first, others), at: path) {
                        await isReady.set()
                        await ready()
                    } hear: { name, message in
                        await hear(name, message)
                    }
                } catch {
                    return error
                }
            }
            group.addTask {
                do { try await clock.sleep(for: limit) } catch { return nil }
                return await isReady.isSet ? nil : .timedOut(limit)
            }
            defer { group.cancelAll() }
            for await case .some(let first) in group { return first }
            return .cancelled
        }
    }

    private static func hear(
        of subscription: ViciSubscription, at path: String, ready: @Sendable () async -> Void,
        hear: @Sendable (String, ViciMessage) async -> Void
    ) async throws(ViciFailure) -> ViciFailure {
        try await ViciConnection.open(path) { connection in
            var subscription = subscription
            if let opening = subscription.opening { try await connection.send(opening) }
            return try await connection.packets { packet -> ViciFailure? in
                switch subscription.handle(packet) {
                case .send(let next): try await connection.send(next)
                case .ready: await ready()
                case .hear(let name, let message): await hear(name, message)
                case .fail(let failure): return failure
                }
                return nil
            }
        }
    }

    private static func run(
        _ exchange: ViciExchange, at path: String, keep: @Sendable (ViciMessage) async throws -> Void
    ) async throws(ViciFailure) -> ViciMessage {
        try await ViciConnection.open(path) { connection in
            var exchange = exchange
            try await connection.send(exchange.opening)
            return try await connection.packets { packet in
                switch exchange.handle(packet) {
                case .send(let next): try await connection.send(next)
                case .keep(let part): try await keep(part)
                case .finish(let answer): return answer
                case .fail(let failure): throw failure
                }
                return nil
            }
        }
    }

    /// What `body` gives, unless it takes longer than `limit`; then its connection is closed.
    private func deadline<Value: Sendable>(
        _ limit: Duration, _ body: @escaping @Sendable () async throws(ViciFailure) -> Value
    ) async throws(ViciFailure) -> Value {
        let clock = clock
        let outcome: Result<Value, ViciFailure> = await withTaskGroup(of: Result<Value, ViciFailure>?.self) { group in
            group.addTask {
                do throws(ViciFailure) { return .success(try await body()) } catch { return .failure(error) }
            }
            group.addTask {
                do { try await clock.sleep(for: limit) } catch { return nil }
                return .failure(.timedOut(limit))
            }
            defer { group.cancelAll() }
            for await case .some(let first) in group { return first }
            return .failure(.cancelled)
        }
        return try outcome.get()
    }
}

/// The parts of an answer, as they come.
private actor Found<Value: Sendable> {
    private(set) var values: [Value] = []

    func add(_ value: Value) { values.append(value) }
}
