import ContextTransfer
import Credentials
import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("A daemon and a router that lies", .timeLimit(.minutes(1)))
struct RefusingTests {
    private static let network = Network(
        nodes: Figure.network.nodes + [Node(name: "XR", role: .accessRouter, addresses: [Figure.address(20)])],
        paths: Figure.network.paths)

    @Test("whose certificate is good gets no context of another's SAs: what it says is counted, and told of once")
    func collects() async throws {
        let (site, stack, places) = (try Site(Self.network), FakeStack(), Places())
        let status = try #require(Figure.status("up", 0x1001, .inbound))
        try await stack.install([status.association], policies: [])
        let daemon = try site.daemon("SG1", stack: stack, endpoints: { places[$0] })
        var routers: [NodeName: PeerLinks] = [:]
        for name in ["PR", "XR"] as [NodeName] {
            routers[name] = try PeerLinks(
                credential: try #require(site.pki.router(name)), authority: site.pki.authority.certificatePEM,
                listen: Endpoint(host: "127.0.0.1", port: 0), nodes: [name, "SG1"], endpoints: { places[$0] },
                logger: Logbook().logger)
        }
        let (liar, router) = (try #require(routers["XR"]), try #require(routers["PR"]))
        let identifier = status.association.identifier
        try await withThrowingTaskGroup(of: Void.self) { group in
            for links in [liar, router] { group.addTask { try await links.run() } }
            group.addTask { try await daemon.run() }
            places.place("PR", at: try await router.boundPort)
            places.place("XR", at: try await liar.boundPort)
            places.place("SG1", at: try await daemon.cxtpPort)
            for number in 1...3 {
                liar.send(try Self.collect(identifier, by: "XR", to: "XR", MoveID(UInt128(number))), to: "SG1")
            }
            while await daemon.refusedCount < 3 { await Task.yield() }
            let told = try await daemon.history(HistoryQuery()).events.filter { $0.action == "drop" }
            #expect(told.count == 1 && told.first?.text.contains("XR") == true)
            #expect(stack.now.readings == 0)
            // The previous router of the path gets what it asks for.
            router.send(try Self.collect(identifier, by: "PR", to: "NR", MoveID(4)), to: "SG1")
            let (from, message) = try #require(await router.incoming.first { _ in true })
            #expect(from == "SG1" && message.read { $0[0] & 0x1f } == CXTPType.predictiveTransferData.rawValue)
            group.cancelAll()
        }
    }

    private static func collect(
        _ identifier: SAIdentifier, by router: NodeName, to target: NodeName, _ id: MoveID
    ) throws -> [UInt8] {
        try MoveEnvelope(
            id: id, subject: MoveSubject(address: Figure.address(1)),
            route: MoveRoute(holder: "SG1", source: router, target: target, taker: target == "NR" ? "SG2" : target),
            sender: .source, receiver: .holder, message: .collect([identifier])
        ).encoded()[0]
    }
}
