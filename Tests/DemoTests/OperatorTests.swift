import ContextTransfer
import Demo
import ForwardingPath
import Gateway
import GatewayAPI
import Testing

/// What operators can do with a move of figure 10.
@Suite("Operators", .serialized)
struct OperatorTests {
    private static let alice = Caller(name: "alice", role: .operator)

    /// Figure 10 where `approval` holds, with a move of both SAs ordered, for as long as `body` does.
    private func moving(
        _ approval: ApprovalPolicy, stepping: Bool = false,
        _ body: @escaping @Sendable (DemoNetwork, MoveID) async throws -> Void
    ) async throws {
        var options = Played.options
        (options.approval, options.stepping) = (approval, stepping)
        let network = try Played.network(options)
        try await network.run {
            let holder = try #require(network.daemons["SG1"])
            let plan = try await holder.plan(MoveSelection())
            let order = MoveOrder(selection: MoveSelection(), planToken: plan.token)
            let move = try #require(try await holder.move(order, by: Self.alice).first)
            try await body(network, move.id)
        }
    }

    @Test("the plan says which SA gets another SPI, and what moves keeps to it", .timeLimit(.minutes(1)))
    func reassigned() async throws {
        let scenario = try Played.scenario("spi-reassign", nil)
        let network = try DemoNetwork(scenario, options: Played.options, logger: Played.silence)
        try await network.run {
            let plan = try await #require(network.daemons["SG1"]).plan(MoveSelection())
            let entries = plan.associations.sorted { $0.name > $1.name }
            #expect(entries.map(\.name) == ["up", "down"])
            #expect(entries.map(\.keepsSPI) == [false, true])
            #expect(entries.map(\.told) == ["the address of SG2, and the new SPI", "the address of SG2"])
            #expect(entries[0].why == ["its SPI is in use at SG2, which gives it another"])
        }
    }

    @Test("nothing moves before every operator who must has agreed", .timeLimit(.minutes(1)))
    func bothAgree() async throws {
        try await moving(.both) { network, id in
            let (source, target) = (try #require(network.daemons["PR"]), try #require(network.daemons["NR"]))
            try await network.wait(for: id, at: "PR") { $0 == .awaitingApproval([.source, .target]) }
            try await network.wait(for: id, at: "NR") { $0 == .awaitingApproval([.target]) }
            _ = try await target.approve(id, by: Self.alice)
            try await network.wait(for: id, at: "PR") { $0 == .awaitingApproval([.source]) }
            #expect(try await network.places(of: "up") == ["SG1"])
            _ = try await source.approve(id, by: Self.alice)
            try await network.wait(for: id, at: "PR") { $0 == .finished(.completed) }
            #expect(try await network.places(of: "up") == ["SG2"])
        }
    }

    @Test("a move that an operator refuses leaves the SAs where they are", .timeLimit(.minutes(1)))
    func denied() async throws {
        try await moving(.source) { network, id in
            try await network.wait(for: id, at: "PR") { $0 == .awaitingApproval([.source]) }
            _ = try await network.daemons["PR"]?.deny(id, by: Self.alice)
            try await network.wait(for: id, at: "PR") { $0 == .finished(.refused(.notApproved(by: "alice"))) }
            try await network.wait(for: id, at: "SG1") { $0.outcome != nil }
            #expect(try await network.places(of: "up") == ["SG1"])
        }
    }

    @Test("a move is aborted before the point of no return", .timeLimit(.minutes(1)))
    func aborted() async throws {
        try await moving(.source) { network, id in
            try await network.wait(for: id, at: "PR") { $0 == .awaitingApproval([.source]) }
            _ = try await network.daemons["PR"]?.abort(id, by: Self.alice)
            try await network.wait(for: id, at: "PR") { $0 == .finished(.aborted(.aborted(by: "alice"))) }
            #expect(try await network.places(of: "down") == ["SG1"])
        }
    }

    @Test("the answer to a decision is the move after it", .timeLimit(.minutes(1)), arguments: Verb.allCases)
    func after(verb: Verb) async throws {
        try await moving(.source) { network, id in
            try await network.wait(for: id, at: "PR") { $0 == .awaitingApproval([.source]) }
            let source = try #require(network.daemons["PR"])
            let move =
                switch verb {
                case .approve: try await source.approve(id, by: Self.alice)
                case .deny: try await source.deny(id, by: Self.alice)
                case .abort: try await source.abort(id, by: Self.alice)
                }
            #expect(move.state != .awaitingApproval([.source]))
        }
    }

    enum Verb: CaseIterable { case approve, deny, abort }

    @Test("what is sent for a move counts at one end as what is received at the other", .timeLimit(.minutes(1)))
    func octets() async throws {
        try await moving(.automatic) { network, id in
            for node in ["SG1", "PR", "NR", "SG2"] as [NodeName] {
                try await network.wait(for: id, at: node) { $0 == .finished(.completed) }
            }
            // SG1 and NR speak with PR and SG2 alone. What was said again at the end may still be under way.
            while true {
                let (left, right) = (
                    try await network.octets(of: id, at: ["SG1", "NR"]),
                    try await network.octets(of: id, at: ["PR", "SG2"])
                )
                if left > 0, left == right { return }
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    @Test("a stepping move waits before each phase outside the pause", .timeLimit(.minutes(1)))
    func stepping() async throws {
        try await moving(.automatic, stepping: true) { network, id in
            let source = try #require(network.daemons["PR"])
            for phase in [MovePhase.collect, .prepare, .quiesce, .redirect, .release] {
                try await network.wait(for: id, at: "PR") { $0 == .stepping(before: phase) }
                let move = try await source.proceed(id, by: Self.alice)
                #expect(move.state != .stepping(before: phase))
            }
            try await network.wait(for: id, at: "PR") { $0 == .finished(.completed) }
        }
    }

    @Test("a second move of the same user waits for nothing: it is refused as busy", .timeLimit(.minutes(1)))
    func busy() async throws {
        try await moving(.source) { network, id in
            try await network.wait(for: id, at: "PR") { $0 == .awaitingApproval([.source]) }
            let holder = try #require(network.daemons["SG1"])
            let second = try #require(
                try await holder.move(MoveOrder(selection: MoveSelection()), by: Self.alice).first)
            try await network.wait(for: second.id, at: "SG1") { $0 == .finished(.refused(.busy)) }
        }
    }

    private static let unknown =
        "there is no node SG9 in the network: its gateways are PR, SG1, NR, SG2"

    @Test("paths that an operator sets decide the plan at once; what is no path is refused", .timeLimit(.minutes(1)))
    func setPaths() async throws {
        let network = try Played.network(Played.options)
        try await network.run {
            let gateway = try #require(network.daemons["SG1"])
            let short = PathPair(plane: .data, previous: ["MN", "PR", "SG1", "RN"], next: ["MN", "NR", "SG1", "RN"])
            #expect(try await gateway.setPath(short, by: Self.alice).gateway == "SG1")
            #expect(try await gateway.plan(MoveSelection()).associations.map(\.type) == [.two, .two])
            await #expect(throws: OperationRefusal.notFound(Self.unknown)) {
                try await gateway.setPath(PathPair(plane: .data, previous: ["MN", "SG9"]), by: Self.alice)
            }
            await #expect(throws: OperationRefusal.notFound(Self.unknown)) {
                try await gateway.plan(MoveSelection(names: ["up"], from: "SG1", to: "SG9"))
            }
            await #expect(throws: OperationRefusal.notFound(Self.unknown)) {
                try await gateway.plan(MoveSelection(draining: "SG1", to: ["SG2", "SG9"]))
            }
            let loop = PathPair(plane: .data, previous: ["MN", "PR", "MN"], next: ["MN", "RN"])
            await #expect(throws: OperationRefusal.self) { try await gateway.setPath(loop, by: Self.alice) }
            let told = try #require(try await network.snapshot(of: "SG1")).events.filter { $0.kind == .audit }
            #expect(told.map(\.command) == ["ferry path set --plane data --previous MN,PR,SG1,RN --next MN,NR,SG1,RN"])
        }
    }

    @Test("an order after the plan that was seen is out of date is refused", .timeLimit(.minutes(1)))
    func outOfDate() async throws {
        let network = try Played.network(Played.options)
        try await network.run {
            let holder = try #require(network.daemons["SG1"])
            let plan = try await holder.plan(MoveSelection(names: ["up"]))
            let order = MoveOrder(selection: MoveSelection(names: ["up", "down"]), planToken: plan.token)
            await #expect(throws: OperationRefusal.outOfDate) { try await holder.move(order, by: Self.alice) }
        }
    }
}

extension DemoNetwork {
    /// How much daemons say that they sent and received for a move, taken together.
    func octets(of id: MoveID, at nodes: [NodeName]) async throws -> UInt64 {
        var sum: UInt64 = 0
        for node in nodes { sum += try await snapshot(of: node)?.moves.first { $0.id == id }?.bytes ?? 0 }
        return sum
    }

    /// Waits until a daemon says that of a move.
    func wait(for id: MoveID, at node: NodeName, until holds: (MoveState) -> Bool) async throws {
        while true {
            let move = try await snapshot(of: node)?.moves.first { $0.id == id }
            if let move, holds(move.state) { return }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
