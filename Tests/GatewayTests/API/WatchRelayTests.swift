import ContextTransfer
import FakeGateways
import ForwardingPath
import Gateway
import GatewayAPI
import Testing

@Suite("What a watching caller gets", .timeLimit(.minutes(1)))
struct WatchRelayTests {
    /// A caller that takes an update when the test says so.
    private struct Caller: Sendable {
        let written: AsyncStream<WatchUpdate>
        let write: AsyncStream<WatchUpdate>.Continuation
        let permits: AsyncStream<Void>
        let permit: AsyncStream<Void>.Continuation

        init() {
            (written, write) = AsyncStream.makeStream()
            (permits, permit) = AsyncStream.makeStream()
        }

        /// Lets the relay write, and gives what it wrote.
        func next() async -> WatchUpdate.Content? {
            permit.yield()
            for await update in written { return update.content }
            return nil
        }
    }

    private func update(_ content: WatchUpdate.Content) -> WatchUpdate {
        WatchUpdate(clock: ClockTime(milliseconds: 1), content)
    }

    private func snapshot(_ revision: UInt64) -> WatchUpdate.Content { .snapshot(GatewaySnapshot(revision: revision)) }

    private func change(_ revision: UInt64) -> GatewayChange { GatewayChange(revision: revision, .pathRemoved(.data)) }

    private func relayed(
        backlog: Int, body: @Sendable (FakeGateway, Caller) async throws -> Void
    ) async throws {
        let (gateway, caller) = (FakeGateway(), Caller())
        let relay = WatchRelay(gateway, options: WatchOptions(), backlog: backlog)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await relay.run { update in
                    for await _ in caller.permits { break }
                    caller.write.yield(update)
                }
            }
            try await body(gateway, caller)
            group.cancelAll()
        }
    }

    @Test("a quick caller gets all, in its order")
    func quick() async throws {
        try await relayed(backlog: 2) { gateway, caller in
            let watch = try #require(await gateway.watches.first { _ in true })
            #expect(await caller.next() == snapshot(1))
            for revision in UInt64(2)...20 {
                watch.yield(update(.changes([change(revision)])))
                #expect(await caller.next() == .changes([change(revision)]))
            }
        }
    }

    @Test("changes that wait for a slow caller become one update")
    func joined() async throws {
        try await relayed(backlog: 100) { gateway, caller in
            let watch = try #require(await gateway.watches.first { _ in true })
            for revision in UInt64(2)...20 { watch.yield(update(.changes([change(revision)]))) }
            #expect(await caller.next() == snapshot(1))
            var changes: [GatewayChange] = []
            while changes.count < 19, case .changes(let more) = await caller.next() { changes += more }
            #expect(changes == (2...20).map(change))
        }
    }

    @Test("a caller that is too slow loses what waits and gets a new snapshot; the old watch ends")
    func overflow() async throws {
        try await relayed(backlog: 5) { gateway, caller in
            var watches = gateway.watches.makeAsyncIterator()
            let first = try #require(await watches.next())
            let (ended, end) = AsyncStream.makeStream(of: Void.self)
            first.onTermination = { _ in end.finish() }
            #expect(await caller.next() == snapshot(1))
            for revision in UInt64(2)...1_000 { first.yield(update(.changes([change(revision)]))) }
            // One update may have been on its way already.
            async let written = caller.next()
            let second = try #require(await watches.next())
            for await _ in ended {}
            second.yield(update(.changes([change(2_000)])))
            var last = await written
            while last != snapshot(1) {
                guard case .changes = last else { return #expect(Bool(false), "\(String(describing: last))") }
                last = await caller.next()
            }
        }
    }

    @Test("one change that is more than may wait is sent all the same")
    func heavy() async throws {
        try await relayed(backlog: 5) { gateway, caller in
            let watch = try #require(await gateway.watches.first { _ in true })
            #expect(await caller.next() == snapshot(1))
            let changes = (2...1_000).map(change)
            watch.yield(update(.changes(changes)))
            #expect(await caller.next() == .changes(changes))
        }
    }

    @Test("a gateway that ends the watch ends it after all that waits was written")
    func ends() async throws {
        let (gateway, caller) = (FakeGateway(), Caller())
        let relay = WatchRelay(gateway, options: WatchOptions())
        async let relayed: Void = relay.run { caller.write.yield($0) }
        let watch = try #require(await gateway.watches.first { _ in true })
        watch.yield(update(.changes([change(2)])))
        watch.finish()
        try await relayed
        caller.write.finish()
        var written: [WatchUpdate.Content] = []
        for await update in caller.written { written.append(update.content) }
        #expect(written == [snapshot(1), .changes([change(2)])])
    }
}
