import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("What a daemon shows", .timeLimit(.minutes(1)))
struct SnapshotTests {
    /// The next changes that a watcher is told of.
    private func changes(_ updates: AsyncStream<WatchUpdate>) async throws -> [GatewayChange.Kind] {
        let update = await updates.first { _ in true }
        guard case .changes(let changes) = try #require(update).content else { return [] }
        return changes.map(\.kind)
    }

    /// The events among changes, and what else there is.
    private func events(_ changes: [GatewayChange.Kind]) -> (events: [ReportedEvent], others: Int) {
        let events = changes.compactMap { if case .event(let event) = $0 { event } else { nil } }
        return (events, changes.count - events.count)
    }

    @Test("a stack that cannot be read shows what it had, with one alarm, and one word when it can be read again")
    func silentStack() async throws {
        let stack = FakeStack()
        try await stack.install(Pair.associations, policies: [])
        let daemon = try Site().daemon("SG1", stack: stack)
        let updates = await daemon.watch(WatchOptions(interval: 50))
        guard case .snapshot(let first)? = await updates.first(where: { _ in true })?.content else {
            Issue.record("no snapshot")
            return
        }
        #expect(first.associations.count == 2 && first.events.isEmpty)

        stack.isSilent = true
        var (told, others) = events(try await changes(updates))
        #expect(told.map(\.kind) == [.alarm] && told.first?.text.contains("no answer") == true && others == 0)
        await daemon.refused(network: "something else")
        (told, others) = events(try await changes(updates))
        #expect(told.map(\.action) == ["paths"] && others == 0)

        stack.isSilent = false
        stack.lose()
        let last = try await changes(updates)
        (told, others) = events(last)
        #expect(told.map(\.kind) == [.log] && others == 2)
        #expect(Pair.identifiers.allSatisfy { last.contains(.associationRemoved($0)) })
    }
}
