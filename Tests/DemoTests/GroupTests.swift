import ConfigurationFiles
import ContextTransfer
import Demo
import ForwardingPath
import Gateway
import GatewayAPI
import Testing

/// Moves that go through together or not at all, through real daemons.
@Suite("Groups", .serialized)
struct GroupTests {
    private static let alice = Caller(name: "alice", role: .operator)
    private static let names = ["access-up", "access-down", "core-up", "core-down"]

    private static func network(_ options: DemoOptions, _ change: (String, String)? = nil) throws -> DemoNetwork {
        var scenario = try Played.scenario("figure-7", change)
        scenario.apply(options)
        return try DemoNetwork(scenario, options: options, logger: Played.silence)
    }

    /// Where each SA of figure 7 is in force.
    private func places(_ network: DemoNetwork) async throws -> [String: [NodeName]] {
        var places: [String: [NodeName]] = [:]
        for name in Self.names { places[name] = try await network.places(of: name).filter { $0 != "MN" } }
        return places
    }

    private static let before: [String: [NodeName]] = [
        "access-up": ["PR"], "access-down": ["PR"], "core-up": ["Sa", "Sb"], "core-down": ["Sa", "Sb"],
    ]
    private static let after: [String: [NodeName]] = [
        "access-up": ["NR"], "access-down": ["NR"], "core-up": ["Sc", "Sd"], "core-down": ["Sc", "Sd"],
    ]

    @Test("one operator's word at a router holds for the whole group", .timeLimit(.minutes(1)))
    func approval() async throws {
        var options = Played.options
        options.approval = .both
        let network = try Self.network(options)
        try await network.run {
            let (source, target) = (try #require(network.daemons["PR"]), try #require(network.daemons["NR"]))
            let moves = try await source.move(MoveOrder(selection: MoveSelection(wholePath: true)), by: Self.alice)
            #expect(moves.count == 3)
            #expect(Set(moves.map(\.group)).count == 1)
            let first = try #require(moves.first?.id)
            for move in moves {
                try await network.wait(for: move.id, at: "NR") { $0 == .awaitingApproval([.target]) }
            }
            _ = try await target.approve(first, by: Self.alice)
            for move in moves {
                try await network.wait(for: move.id, at: "PR") { $0 == .awaitingApproval([.source]) }
            }
            _ = try await source.approve(first, by: Self.alice)
            for move in moves { try await network.wait(for: move.id, at: "PR") { $0 == .finished(.completed) } }
            #expect(try await places(network) == Self.after)
        }
    }

    @Test(
        "the plan of a whole path knows how much crosses for each end, at whichever gateway it is",
        .timeLimit(.minutes(1)))
    func sizes() async throws {
        let network = try Self.network(Played.options)
        try await network.run {
            let plan = try await #require(network.daemons["PR"]).plan(MoveSelection(wholePath: true))
            let moving = plan.associations.filter { $0.action == .move }
            #expect(Set(moving.map(\.relocations.count)) == [1, 2])
            for entry in moving {
                #expect(entry.contextOctets.count == entry.relocations.count)
                #expect(entry.contextOctets.allSatisfy { $0 ?? 0 > 100 }, "\(entry.name) \(entry.contextOctets)")
            }
            #expect(plan.contextOctets == moving.flatMap(\.contextOctets).reduce(0) { $0 + ($1 ?? 0) })
        }
    }

    @Test("what one gateway cannot take keeps all where they are", .timeLimit(.minutes(1)))
    func refused() async throws {
        // Its stack has no room, of which PR's network file says nothing.
        let network = try Self.network(
            Played.options, ("addresses: [127.10.0.9]", "addresses: [127.10.0.9], capacity: 1"))
        try await network.run {
            let source = try #require(network.daemons["PR"])
            let known = network.scenario.network.network
            var nodes = known.nodes
            for index in nodes.indices { nodes[index].capabilities.capacity = nil }
            await source.replace(
                network: Network(nodes: nodes, paths: known.paths), because: "the test says so")
            let plan = try await source.plan(MoveSelection(wholePath: true))
            let own = plan.associations.filter { Self.names.contains($0.name) }
            #expect(own.allSatisfy { $0.action == .conflict && $0.relocations.isEmpty }, "\(own)")
            #expect(own.contains { $0.reasons.contains { $0.contains("no room") } }, "\(own.map(\.reasons))")
            await #expect(throws: OperationRefusal.self) {
                _ = try await source.move(MoveOrder(selection: MoveSelection(wholePath: true)), by: Self.alice)
            }
            #expect(try await places(network) == Self.before)
        }
    }

    @Test("what goes through a tunnel to another gateway does not leave it behind", .timeLimit(.minutes(1)))
    func bundle() async throws {
        var scenario = try Played.scenario("figure-8", [])
        scenario.apply(Played.options)
        let network = try DemoNetwork(scenario, options: Played.options, logger: Played.silence)
        try await network.run {
            for (gateway, name, companion) in [("SG1", "inner-up", "PR"), ("PR", "outer-up", "SG1")]
                as [(NodeName, String, NodeName)]
            {
                let daemon = try #require(network.daemons[gateway])
                let plan = try await daemon.plan(MoveSelection(names: [name]))
                #expect(plan.associations.map(\.action).allSatisfy { $0 == .conflict }, "\(plan.associations)")
                #expect(plan.associations.contains { $0.reasons.contains { $0.contains("at \(companion)") } })
                await #expect(throws: OperationRefusal.self) {
                    _ = try await daemon.move(MoveOrder(selection: MoveSelection(names: [name])), by: Self.alice)
                }
                #expect(try await network.places(of: name).contains(gateway))
            }
            let router = try #require(network.daemons["PR"])
            let order = MoveOrder(selection: MoveSelection(names: ["inner-up"], wholePath: true))
            let moves = try await router.move(order, by: Self.alice)
            for move in moves { try await network.wait(for: move.id, at: "PR") { $0 == .finished(.completed) } }
            for (name, place) in [("inner-up", "SG2"), ("seal-down", "SG2"), ("outer-up", "NR"), ("outer-down", "NR")]
                as [(String, NodeName)]
            {
                #expect(try await network.places(of: name).contains(place), "\(name)")
            }
        }
    }

    @Test(
        "a previous router that is killed leaves no group torn", .timeLimit(.minutes(1)),
        arguments: [MovePhase.collect, .prepare, .quiesce, .transfer, .redirect, .release])
    func killed(phase: MovePhase) async throws {
        var options = Played.options
        options.timing.retry = .milliseconds(40)
        options.timing.attempts = 8
        options.timing.preparedLimit = .seconds(1)
        let network = try Self.network(options)
        try await network.run {
            try await network.move(
                MoveOrder(selection: MoveSelection(wholePath: true)), at: "PR", killing: "PR", as: phase, of: "PR")
            // The access SAs may have died with PR; those of the core moved at both ends, or at none, or ended.
            let places = try await places(network)
            for name in ["core-up", "core-down"] {
                let here = places[name] ?? []
                #expect([["Sa", "Sb"], ["Sc", "Sd"], []].contains(here), "\(name) is at \(here)")
            }
        }
    }
}
