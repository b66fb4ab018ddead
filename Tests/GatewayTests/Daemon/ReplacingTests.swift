import ContextTransfer
import Credentials
import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("A network that changes", .timeLimit(.minutes(1)))
struct ReplacingTests {
    /// Figure 10 without PR, before anybody knows of a path.
    private static let before = Network(nodes: Figure.network.nodes.filter { $0.name != "PR" })

    @Test("a router that is new in it is dialled, and its certificate is accepted")
    func added() async throws {
        let (site, log, stack) = (try Site(), Logbook(), FakeStack())
        let status = try #require(Figure.status("up", 0x1001, .inbound))
        try await stack.install([status.association], policies: [])
        let credential = try #require(site.pki.router("PR"))
        let places = Places()
        let router = try PeerLinks(
            credential: credential, authority: site.pki.authority.certificatePEM,
            listen: Endpoint(host: "127.0.0.1", port: 0), nodes: ["PR", "SG1"], endpoints: { places[$0] },
            logger: Logbook().logger)
        let daemon = try site.daemon(
            "SG1", stack: stack, knowing: Self.before, logger: log.logger, endpoints: { places[$0] })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await router.run() }
            group.addTask { try await daemon.run() }
            places.place("PR", at: try await router.boundPort)
            places.place("SG1", at: try await daemon.cxtpPort)

            await daemon.replace(network: Figure.network, planes: [:], because: "a test")
            let order = MoveOrder(selection: MoveSelection(names: ["up"]))
            _ = try await daemon.move(order, by: Caller(name: "alice", role: .operator))
            #expect(await router.incoming.first { _ in true }?.from == "SG1")
            // What it says is no CXTP: that it is read at all is what counts.
            router.send(message([]), to: "SG1")
            #expect(await log.first(containing: "Dropped a message") != nil)
            group.cancelAll()
        }
    }

    @Test("the planes of SAs follow it")
    func planes() async throws {
        let (site, stack) = (try Site(), FakeStack())
        let status = try #require(Figure.status("up", 0x1001, .inbound))
        try await stack.install([status.association], policies: [])
        let daemon = try site.daemon("SG1", stack: stack)
        let onData = try await daemon.plan(MoveSelection())
        #expect(onData.associations.map(\.plane) == [.data])
        await daemon.replace(network: Figure.network, planes: ["up": .control], because: "a test")
        #expect(try await daemon.plan(MoveSelection()).associations.map(\.plane) == [.control])
    }

    @Test("one that is refused is told of with an alarm")
    func refused() async throws {
        let daemon = try Site().daemon("SG1", stack: FakeStack())
        await daemon.refused(network: "network.yaml has no node SG1")
        let event = try #require(try await daemon.history(HistoryQuery()).events.first)
        #expect(event.kind == .alarm && event.text == "kept the old network: network.yaml has no node SG1")
    }
}
