import Console
import ContextTransfer
import Credentials
import FakeGateways
import ForwardingPath
import Gateway
import GatewayAPI
import Testing

@Suite("A gateway answers over mutual TLS", .timeLimit(.minutes(2)))
struct GatewayClientTests {
    @Test("each request reaches the gateway with the caller's name, and its answer comes back")
    func requests() async throws {
        let (site, gateway) = (try Site(), FakeGateway())
        let alice = try site.tls(.operator, named: "alice")
        let id = MoveID(1)
        try await site.serving(gateway) { address in
            try await GatewayClient.connected(to: address, tls: alice) { client in
                let description = try await client.describe()
                #expect(description.node == "SG1")
                #expect(description.callerName == "alice")
                #expect(description.callerRole == .operator)
                #expect(try await client.plan(MoveSelection(names: ["up"])) == Sample.plan)
                let order = MoveOrder(selection: MoveSelection(names: ["up"], from: "SG1", to: "SG2"))
                #expect(try await client.move(order) == [Sample.move])
                #expect(try await client.approve(id) == Sample.move)
                #expect(try await client.deny(id) == Sample.move)
                #expect(try await client.abort(id) == Sample.move)
                #expect(try await client.proceed(id) == Sample.move)
                #expect(try await client.history(HistoryQuery(after: 5)) == Sample.history)
                let now = try await client.snapshot()
                #expect(now == GatewaySnapshot(revision: 1, moves: [Sample.move]))
            }
        }
        #expect(
            await gateway.calls == [
                "plan [\"up\"]", "move [\"up\"] by operator alice", "approve \(id) by operator alice",
                "deny \(id) by operator alice", "abort \(id) by operator alice", "proceed \(id) by operator alice",
                "history 5", "watch 0",
            ])
    }

    @Test("a viewer looks, and is refused everything else, which the gateway is told")
    func viewer() async throws {
        let (site, gateway) = (try Site(), FakeGateway())
        let eve = try site.tls(.viewer, named: "eve")
        try await site.serving(gateway) { address in
            try await GatewayClient.connected(to: address, tls: eve) { client in
                #expect(try await client.describe().callerRole == .viewer)
                _ = try await client.plan(MoveSelection())
                _ = try await client.history(HistoryQuery())
                await refused("move") { try await client.move(MoveOrder(selection: MoveSelection())) }
                await refused("approve") { try await client.approve(MoveID(1)) }
                await refused("deny") { try await client.deny(MoveID(1)) }
                await refused("abort") { try await client.abort(MoveID(1)) }
                await refused("proceed") { try await client.proceed(MoveID(1)) }
            }
        }
        let denied = ["move", "approve", "deny", "abort", "proceed"].map { "viewer eve was denied to \($0)" }
        #expect(await gateway.calls == ["plan []", "history 0"] + denied)
    }

    private func refused<Answer>(_ action: String, _ call: () async throws -> Answer) async {
        let sentence = "viewer eve may look and not \(action): use an operator's certificate"
        await #expect(throws: RequestFailure.refused(.notAllowed(sentence))) { _ = try await call() }
    }

    @Test(
        "a gateway's refusal arrives with its sentence",
        arguments: [
            OperationRefusal.notFound("there is no move 7"), .outOfDate, .notPossible("the move is over"),
            .notAllowed("SG1 lets nobody do that"), .notFound("ä\n\u{1b}[2J\"%"),
        ])
    func refusals(refusal: OperationRefusal) async throws {
        let (site, gateway) = (try Site(), FakeGateway())
        await gateway.refuse(refusal)
        let alice = try site.tls(.operator, named: "alice")
        try await site.serving(gateway) { address in
            try await GatewayClient.connected(to: address, tls: alice) { client in
                await #expect(throws: RequestFailure.refused(refusal)) { try await client.approve(MoveID(7)) }
                await #expect(throws: RequestFailure.refused(refusal)) { try await client.plan(MoveSelection()) }
            }
        }
    }

    @Test("a router's certificate is refused")
    func router() async throws {
        let site = try Site()
        let router = try site.tls(.router, named: "SG2")
        let refusal = OperationRefusal.notAllowed(
            "router SG2 may not call: use a viewer's or an operator's certificate")
        try await site.serving(FakeGateway()) { address in
            try await GatewayClient.connected(to: address, tls: router) { client in
                await #expect(throws: RequestFailure.refused(refusal)) { try await client.describe() }
                await #expect(throws: RequestFailure.refused(refusal)) {
                    try await client.watch(WatchOptions()) { _ in true }
                }
            }
        }
    }

    @Test("a certificate of another authority is refused, and told so")
    func stranger() async throws {
        let (site, other) = (try Site(), try Site())
        let tls = try GatewayTLS(other.pki.operator, authority: site.pki.authority.certificatePEM)
        let refusal = OperationRefusal.notAllowed(
            "the gateway does not accept the certificate: use one of its own authority")
        try await site.serving(FakeGateway()) { address in
            await #expect(throws: RequestFailure.refused(refusal)) {
                try await GatewayClient.connected(to: address, tls: tls) { _ = try await $0.describe() }
            }
        }
    }

    @Test("a gateway of another authority is not trusted")
    func impostor() async throws {
        let (site, other) = (try Site(), try Site())
        let tls = try other.tls(.operator, named: "alice")
        let sentence = "the gateway's certificate is not of the network's authority, or not valid now"
        try await site.serving(FakeGateway()) { address in
            await #expect(throws: RequestFailure.untrusted(sentence)) {
                try await GatewayClient.connected(to: address, tls: tls) { _ in }
            }
        }
    }

    @Test("a gateway that answers with another's certificate is not trusted")
    func disguised() async throws {
        let site = try Site()
        let tls = try site.tls(.operator, named: "alice")
        let sentence = "who answered has the certificate of SG2 and calls itself SG1"
        try await site.serving(FakeGateway(), as: "SG2") { address in
            await #expect(throws: RequestFailure.untrusted(sentence)) {
                try await GatewayClient.connected(to: address, tls: tls) { _ = try await $0.describe() }
            }
        }
    }

    @Test("without a certificate only a UNIX socket can be reached")
    func anonymous() async throws {
        try await Site().serving(FakeGateway()) { address in
            let sentence = "no certificate is given: only UNIX sockets can be reached without one"
            await #expect(throws: RequestFailure.credential(sentence)) {
                try await GatewayClient.connected(to: address, tls: nil) { _ in }
            }
        }
    }

    @Test("where nobody listens, the system's words say so")
    func nobody() async throws {
        let site = try Site()
        let address = try await site.serving(FakeGateway()) { $0 }
        let tls = try site.tls(.viewer, named: "eve")
        await #expect(throws: RequestFailure.unreachable("it cannot be reached: connection refused")) {
            try await GatewayClient.connected(to: address, tls: tls) { _ in }
        }
    }
}
