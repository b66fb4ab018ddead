import Demo
import ForwardingPath
import Gateway
import GatewayAPI
import Testing

/// The early order (draft section 6.2).
@Suite("A new path that the new router sets up", .serialized)
struct SeekingPathTests {
    private static let alice = Caller(name: "alice", role: .operator)
    private static let wish = PathWish(router: "NR")

    private func running(
        _ changes: [(piece: String, replacement: String)] = [],
        _ body: @escaping @Sendable (DemoNetwork) async throws -> Void
    ) async throws {
        var scenario = try Played.scenario("early", changes)
        scenario.apply(Played.options)
        let network = try DemoNetwork(scenario, options: Played.options, logger: Played.silence)
        try await network.run { try await body(network) }
    }

    @Test(
        "types are pending before it, and known at every gateway after it; nothing has moved", .timeLimit(.minutes(1)))
    func found() async throws {
        try await running { network in
            let (router, holder) = (try #require(network.daemons["PR"]), try #require(network.daemons["SG1"]))
            #expect(try await holder.plan(MoveSelection()).associations.map(\.action) == [.pending, .pending])
            let path = try await router.seekPath(Self.wish, by: Self.alice)
            #expect(path.path.next == ["MN", "NR", "R", "SG3", "G", "RN"] && path.gateway == "G")
            let planned = try await holder.plan(MoveSelection()).associations
            #expect(planned.map(\.type) == [.five, .five] && planned.map(\.action) == [.move, .move])
            #expect(try await network.places(of: "up") == ["SG1"])
            let asked = try #require(try await network.snapshot(of: "PR")).events
            #expect(
                asked.filter { $0.kind == .audit }.map(\.command) == ["ferry path seek NR --plane data --via PR"])
            let done = try #require(try await network.snapshot(of: "NR")).events
            #expect(
                done.filter { $0.kind == .audit }.map(\.command) == [
                    "ferry path set --plane data --previous MN,PR,SG1,G,RN --next MN,NR,R,SG3,G,RN"
                ])
            // It is known now: there is nothing to seek.
            await #expect(throws: OperationRefusal.self) { try await router.seekPath(Self.wish, by: Self.alice) }
        }
    }

    @Test("where no gateway can take the SAs no path is set up, and the operator is told why", .timeLimit(.minutes(1)))
    func refused() async throws {
        try await running([
            ("algorithms: [aes-gcm-16-256, aes-gcm-16-128]", "algorithms: [aes-cbc-256-hmac-sha-256-128]"),
            ("MN: [aes-gcm-16-256, aes-cbc-256-hmac-sha-256-128]", "MN: [aes-gcm-16-256]"),
        ]) { network in
            let router = try #require(network.daemons["PR"])
            do {
                _ = try await router.seekPath(Self.wish, by: Self.alice)
                Issue.record("a path was set up")
            } catch {
                #expect("\(error)".contains("NR set up no path: no path can take "), "\(error)")
            }
            for daemon in network.daemons.values {
                #expect(try await daemon.plan(MoveSelection()).associations.allSatisfy { $0.action == .pending })
            }
        }
    }

    @Test(
        "what the user's profile allows may be negotiated, where nobody takes the SAs as they are",
        .timeLimit(.minutes(1)))
    func withinProfile() async throws {
        try await running([
            ("algorithms: [aes-gcm-16-256, aes-gcm-16-128]", "algorithms: [aes-cbc-256-hmac-sha-256-128]")
        ]) { network in
            let path = try await network.daemons["PR"]?.seekPath(Self.wish, by: Self.alice)
            #expect(path?.path.next == ["MN", "NR", "SG2", "G", "RN"])
            let planned = try await network.daemons["SG1"]?.plan(MoveSelection())
            #expect(planned?.associations.map(\.action) == [.renegotiate, .renegotiate])
        }
    }

    @Test("the shorter path is set up where its gateway can take the SAs", .timeLimit(.minutes(1)))
    func shorter() async throws {
        try await running([
            (
                "SG2: {role: security-gateway, addresses: [127.10.0.5], algorithms: [aes-cbc-256-hmac-sha-256-128]}",
                "SG2: {role: security-gateway, addresses: [127.10.0.5]}"
            )
        ]) { network in
            let path = try await network.daemons["PR"]?.seekPath(Self.wish, by: Self.alice)
            #expect(path?.path.next == ["MN", "NR", "SG2", "G", "RN"])
        }
    }

    @Test("only the previous router may seek, and only at a router that can be the new one", .timeLimit(.minutes(1)))
    func wrong() async throws {
        try await running { network in
            for (asked, router) in [("SG1", "NR"), ("PR", "R"), ("PR", "PR"), ("PR", "NX")] as [(NodeName, NodeName)] {
                let daemon = try #require(network.daemons[asked])
                await #expect(throws: OperationRefusal.self) {
                    try await daemon.seekPath(PathWish(router: router), by: Self.alice)
                }
            }
        }
    }
}
