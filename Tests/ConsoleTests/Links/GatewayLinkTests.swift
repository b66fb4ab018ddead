import ConfigurationFiles
import Console
import ContextTransfer
import Credentials
import FakeGateways
import ForwardingPath
import Gateway
import GatewayAPI
import Testing

@Suite("A link follows its gateway", .timeLimit(.minutes(2)))
struct GatewayLinkTests {
    private func updates(_ news: LinkNews?) -> WatchUpdate.Content? {
        guard case .updated(let update) = news else { return nil }
        return update.content
    }

    private func description(_ news: LinkNews?) -> GatewayDescription? {
        guard case .described(let description) = news else { return nil }
        return description
    }

    /// Runs a link for as long as `body` does.
    private func following<Result: Sendable>(
        _ link: GatewayLink, body: (NewsReader) async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await link.run() }
            defer { group.cancelAll() }
            return try await body(NewsReader(news: link.news))
        }
    }

    @Test("it tells who the gateway is, a snapshot, and then what changes, in its order")
    func follows() async throws {
        let site = try Site()
        let snapshot = GatewaySnapshot(revision: 7, associations: Sample.associations(3), moves: [Sample.move])
        let gateway = FakeGateway(snapshot)
        try await site.serving(gateway) { address in
            let link = GatewayLink(address: address, tls: try site.tls(.viewer, named: "eve"))
            try await following(link) { news in
                #expect(await news.next() == .connecting)
                #expect(description(await news.next())?.callerName == "eve")
                #expect(updates(await news.next()) == .snapshot(snapshot))
                await gateway.change(.event(Sample.event(1)))
                await gateway.change(.event(Sample.event(2)), .move(Sample.move))
                var changes: [GatewayChange] = []
                while changes.count < 3, case .changes(let more) = updates(await news.next()) { changes += more }
                #expect(
                    changes == [
                        GatewayChange(revision: 8, .event(Sample.event(1))),
                        GatewayChange(revision: 9, .event(Sample.event(2))),
                        GatewayChange(revision: 10, .move(Sample.move)),
                    ])
            }
        }
    }

    @Test("a gateway that stops is unreachable, and is followed again when it is back on the same port")
    func comesBack() async throws {
        let site = try Site()
        let port = try #require(try await site.serving(FakeGateway()) { $0.port })
        let address = GatewayAddress.network(Endpoint(host: "127.0.0.1", port: port))
        let link = GatewayLink(address: address, tls: try site.tls(.operator, named: "alice"))
        try await following(link) { news in
            #expect(await news.next() == .connecting)
            #expect(
                await news.next() == .unreachable(reason: "it cannot be reached: connection refused"))
            for revision in UInt64(1)...3 {
                let gateway = FakeGateway(GatewaySnapshot(revision: revision))
                try await site.serving(gateway, port: port) { _ in
                    #expect(description(await news.next())?.node == "SG1")
                    #expect(updates(await news.next()) == .snapshot(GatewaySnapshot(revision: revision)))
                    let move = try await link.approve(MoveID(1))
                    #expect(move == Sample.move)
                }
                #expect(await news.next() == .unreachable(reason: "the gateway stops"))
                await #expect(throws: RequestFailure.self) { try await link.approve(MoveID(1)) }
            }
        }
    }

    @Test("a snapshot of 20,000 SAs arrives whole")
    func large() async throws {
        let site = try Site()
        let snapshot = GatewaySnapshot(revision: 1, associations: Sample.associations(20_000))
        try await site.serving(FakeGateway(snapshot)) { address in
            let link = GatewayLink(address: address, tls: try site.tls(.viewer, named: "eve"))
            try await following(link) { news in
                while let item = await news.next() {
                    guard let content = updates(item) else { continue }
                    return #expect(content == .snapshot(snapshot))
                }
            }
        }
    }

    @Test("a reader that is slow gets a new snapshot in place of what it missed")
    func slow() async throws {
        let (site, gateway) = (try Site(), FakeGateway())
        try await site.serving(gateway, backlog: 10) { address in
            let link = GatewayLink(address: address, tls: try site.tls(.viewer, named: "eve"))
            try await following(link) { news in
                while let item = await news.next(), updates(item) == nil {}
                // More than fits into the sockets and what else is between the two.
                let move = ReportedMove(
                    id: MoveID(1), names: (0..<50_000).map { "sa-number-\($0)" }, route: Sample.move.route,
                    state: .running, requestedBy: "alice", isAbortable: true)
                for _ in 0..<40 { await gateway.change(.move(move)) }
                var (last, leftOut): (UInt64, UInt64) = (1, 0)
                while last < 41, let item = await news.next() {
                    switch updates(item) {
                    case .changes(let changes):
                        #expect(changes.map(\.revision) == Array(last + 1...last + UInt64(changes.count)))
                        last += UInt64(changes.count)
                    case .snapshot(let snapshot):
                        #expect(snapshot.revision > last)
                        leftOut += snapshot.revision - last - 1
                        last = snapshot.revision
                    case nil: #expect(Bool(false), "\(item)")
                    }
                }
                #expect(last == 41 && leftOut > 0)
            }
        }
        // Anew each time that it had to leave something out.
        #expect(await Set(gateway.calls) == ["watch 100"])
    }

    @Test("several links tell of their gateways at once")
    func several() async throws {
        let site = try Site()
        let tls = try site.tls(.viewer, named: "eve")
        try await site.serving(FakeGateway(GatewaySnapshot(revision: 1))) { one in
            try await site.serving(FakeGateway(GatewaySnapshot(revision: 2))) { two in
                let (first, second) = (GatewayLink(address: one, tls: tls), GatewayLink(address: two, tls: tls))
                try await following(first) { here in
                    try await following(second) { there in
                        for _ in 0..<2 { _ = (await here.next(), await there.next()) }
                        #expect(updates(await here.next()) == .snapshot(GatewaySnapshot(revision: 1)))
                        #expect(updates(await there.next()) == .snapshot(GatewaySnapshot(revision: 2)))
                    }
                }
            }
        }
    }
}

/// Takes news one at a time.
private struct NewsReader: Sendable {
    let news: AsyncStream<LinkNews>

    func next() async -> LinkNews? {
        for await item in news { return item }
        return nil
    }
}

extension GatewayAddress {
    /// The TCP port.
    fileprivate var port: UInt16? {
        guard case .network(let endpoint) = self else { return nil }
        return endpoint.port
    }
}
