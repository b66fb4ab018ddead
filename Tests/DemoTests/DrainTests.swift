import ConfigurationFiles
import ContextTransfer
import Demo
import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

/// Drains of a gateway with the SAs of 40 mobile nodes, through real daemons.
@Suite("Drains", .serialized, .timeLimit(.minutes(1)))
struct DrainTests {
    private static let alice = Caller(name: "alice", role: .operator)

    private static func scenario(
        _ approval: String, to gateways: String, more: String = "", timeline: String = "[{drain: SG1}]"
    ) throws -> ScenarioFile {
        let text = """
            name: small-drain
            nodes:
              MN:   {role: mobile-node,      addresses: [10.1.0.1], count: 40}
              MN-W: {role: mobile-node,      addresses: [10.2.0.1]}
              MN-V: {role: mobile-node,      addresses: [10.3.0.1]}
              PR:   {role: access-router,    addresses: [10.0.0.2]}
              SG1:  {role: security-gateway, addresses: [10.0.0.3]}
              NR:   {role: access-router,    addresses: [10.0.0.4]}
            \(gateways)
              G:    {role: router,           addresses: [10.0.0.7]}
              RN:   {role: remote-node,      addresses: [10.0.0.8]}
            paths:
              data:
                previous: [[MN, MN-W, MN-V], PR, SG1, G, RN]
                next:     [[MN, MN-W, MN-V], NR, SG2, SG3, G, RN]
            associations:
              - {name: up,   from: MN,  to: SG1, spi: 0x10000, encryption: aes-gcm-16-256, count: 40}
              - {name: down, from: SG1, to: MN,  spi: 0x20000, encryption: aes-gcm-16-256, count: 40}
            \(more)
            traffic: []
            approval: \(approval)
            timeline: \(timeline)
            """
        return try ScenarioFile.read(text, file: "drain.yaml")
    }

    private static func network(_ approval: String, to gateways: String, more: String = "") throws -> DemoNetwork {
        let scenario = try scenario(approval, to: gateways, more: more)
        var options = Played.options
        options.approval = scenario.approval
        return try DemoNetwork(scenario, options: options, logger: Played.silence)
    }

    private static let alike = """
          SG2:  {role: security-gateway, addresses: [10.0.0.5]}
          SG3:  {role: security-gateway, addresses: [10.0.0.6]}
        """

    /// The moves of which a node has to say that an operator must agree, once there are so many.
    private func waiting(_ network: DemoNetwork, at node: NodeName, atLeast count: Int) async throws -> [ReportedMove] {
        let daemon = try #require(network.daemons[node])
        var moves: [MoveID: ReportedMove] = [:]
        for await update in await daemon.watch(WatchOptions(traffic: false, interval: 50, events: 0)) {
            switch update.content {
            case .snapshot(let all): for move in all.moves { moves[move.id] = move }
            case .changes(let changes): for case .move(let move) in changes.map(\.kind) { moves[move.id] = move }
            }
            let waiting = moves.values.filter {
                if case .awaitingApproval = $0.state { true } else { false }
            }
            if waiting.count >= count { return waiting }
        }
        return []
    }

    /// The drain of SG1, once it is over.
    private func end(_ network: DemoNetwork) async throws -> ReportedDrain {
        let daemon = try #require(network.daemons["SG1"])
        var last = try #require(try await network.snapshot(of: "SG1")?.drain)
        while last.end == nil {
            for await update in await daemon.watch(
                WatchOptions(traffic: false, interval: 50, events: 0))
            {
                switch update.content {
                case .snapshot(let all): last = all.drain ?? last
                case .changes(let changes): for case .drain(let now) in changes.map(\.kind) { last = now }
                }
                if last.end != nil { break }
            }
        }
        return last
    }

    private static func texts(_ network: DemoNetwork, at node: NodeName) async throws -> [String] {
        try await network.snapshot(of: node)?.events.map(\.text) ?? []
    }

    @Test("one operator's word holds for all moves of a drain, also those that come later, and is in the audit trail")
    func approved() async throws {
        let network = try Self.network("source", to: Self.alike)
        try await network.run {
            let (holder, source) = (try #require(network.daemons["SG1"]), try #require(network.daemons["PR"]))
            let drain = try await holder.drain(MoveOrder(selection: MoveSelection(draining: "SG1")), by: Self.alice)
            #expect([drain.moves, drain.running] == [40, 32])
            let waiting = try await waiting(network, at: "PR", atLeast: 32)
            #expect(Set(waiting.map(\.drain)).count == 1 && waiting.first?.drain != nil)
            _ = try await source.approve(try #require(waiting.first?.id), by: Self.alice)
            let over = try await end(network)
            #expect([over.completed, over.left, over.unsuccessful.count] == [40, 0, 0])
            let texts = try await Self.texts(network, at: "PR")
            #expect(texts.contains("agrees to the move, and to all others of the same drain of SG1"))
            // What was not asked is not told of either.
            #expect(texts.count { $0 == "the move waits for an operator at PR" } <= 32)
        }
    }

    @Test("a drain that an operator denies is denied as a whole")
    func denied() async throws {
        let network = try Self.network("source", to: Self.alike)
        try await network.run {
            let (holder, source) = (try #require(network.daemons["SG1"]), try #require(network.daemons["PR"]))
            _ = try await holder.drain(MoveOrder(selection: MoveSelection(draining: "SG1")), by: Self.alice)
            let waiting = try await waiting(network, at: "PR", atLeast: 32)
            _ = try await source.deny(try #require(waiting.first?.id), by: Self.alice)
            let over = try await end(network)
            #expect([over.completed, over.refused, over.left] == [0, 40, 0])
            #expect([over.refusedAssociations, over.abortedAssociations, over.failedAssociations] == [80, 0, 0])
            let lines = await holder.drained(DrainedQuery()).drained
            #expect(lines.allSatisfy { $0.word == "refused" && $0.outcome?.reason == .notApproved(by: "alice") })
            #expect(try await network.places(of: "up-40") == ["SG1"])
        }
    }

    @Test("a drain that is stopped begins nothing more; what is under way goes on, and the rest stays")
    func stopped() async throws {
        let network = try Self.network("source", to: Self.alike)
        try await network.run {
            let (holder, source) = (try #require(network.daemons["SG1"]), try #require(network.daemons["PR"]))
            _ = try await holder.drain(MoveOrder(selection: MoveSelection(draining: "SG1")), by: Self.alice)
            let waiting = try await waiting(network, at: "PR", atLeast: 32)
            let stopped = try await holder.stopDrain(of: "SG1", by: Self.alice)
            #expect([stopped.running, stopped.leftOut, stopped.left] == [32, 8, 32])
            #expect(stopped.words.contains("stopped by alice, 8 not begun"))
            _ = try await source.approve(try #require(waiting.first?.id), by: Self.alice)
            let over = try await end(network)
            #expect([over.completed, over.leftOut, over.left] == [32, 8, 0])
            let lines = await holder.drained(DrainedQuery()).drained
            #expect(lines.map(\.standing).count { $0 == .leftOut } == 8)
            var query = DrainedQuery(limit: 9)
            query.isUnsuccessfulFirst = true
            #expect(
                await holder.drained(query).drained.map(\.word) == Array(repeating: "not begun", count: 8) + [
                    "completed"
                ])
            #expect(try await network.places(of: "down-40") == ["SG1"])
            await #expect(throws: OperationRefusal.self) { try await holder.stopDrain(of: "SG1", by: Self.alice) }
            #expect(try await Self.texts(network, at: "SG1").count { $0.hasPrefix("the drain is over") } == 1)
        }
    }

    @Test("what one gateway refuses is tried at another one, and is no move more")
    func elsewhere() async throws {
        let network = try Self.network(
            "automatic",
            to: """
                  SG2:  {role: security-gateway, addresses: [10.0.0.5], replay-window: 512, capacity: 2000}
                  SG3:  {role: security-gateway, addresses: [10.0.0.6], replay-window: 2048}
                """,
            more: """
                  - {name: w-up,   from: MN-W, to: SG1,  spi: 0x30001, encryption: aes-gcm-16-256, replay-window: 1024}
                  - {name: w-down, from: SG1,  to: MN-W, spi: 0x30002, encryption: aes-gcm-16-256}
                """)
        try await network.run {
            let holder = try #require(network.daemons["SG1"])
            let selection = MoveSelection(draining: "SG1", to: ["SG2", "SG3"])
            let drain = try await holder.drain(MoveOrder(selection: selection), by: Self.alice)
            #expect(drain.moves == 41)
            let over = try await end(network)
            let texts = try await Self.texts(network, at: "SG1")
            #expect(over.completed == 41 && over.refused == 0, "\(texts.suffix(12))")
            #expect(over.users == 41 && over.moved == 82 && over.targets.map(\.gateway) == ["SG2", "SG3"])
            #expect(over.targets.reduce(0) { $0 + $1.moves } == 41)
            let some = await holder.drained(DrainedQuery(after: 2, limit: 30))
            #expect(some.drained.map(\.number) == Array(3...32) && some.hasMore)
            let lines = await holder.drained(DrainedQuery()).drained
            #expect(lines.allSatisfy { $0.outcome == .completed } && lines.count == 41)
            #expect(lines.first { $0.names.contains("w-up") }?.to == "SG3")
            for (gateway, count) in Dictionary(lines.map { ($0.to, $0.names.count) }, uniquingKeysWith: +) {
                #expect(over.targets.first { $0.gateway == gateway }?.associations == count)
            }
            #expect(try await network.places(of: "w-up") == ["SG3"])
        }
    }

    @Test("where the SPI is in use, and that is to be negotiated, a drain has it negotiated")
    func renegotiated() async throws {
        let network = try Self.network(
            "automatic", to: Self.alike,
            more: """
                  - {name: other, from: MN-W, to: SG2, gateway-address: 10.0.0.3, user: MN-W, spi: 0x10000, encryption: aes-gcm-16-256}
                """)
        try await network.run {
            let holder = try #require(network.daemons["SG1"])
            var selection = MoveSelection(draining: "SG1", to: ["SG2"])
            let plan = try await holder.plan(selection)
            #expect(plan.associations.first { $0.name == "up-1" }?.action == .conflict)
            selection.spiConflict = .renegotiate
            _ = try await holder.drain(MoveOrder(selection: selection), by: Self.alice)
            let over = try await end(network)
            #expect([over.completed, over.moves, over.refused] == [40, 40, 0])
            #expect(await holder.drained(DrainedQuery()).drained.count(where: \.isRenegotiated) == 1)
            #expect(try await network.places(of: "up-1") == ["SG2"])
        }
    }

    @Test("what is negotiated anew with two nodes is two negotiations, also where it is of one user")
    func twoPeers() async throws {
        let network = try Self.network(
            "automatic", to: Self.alike,
            more: """
                  - {name: w-up, from: MN-W, to: SG1, user: both, spi: 0x30001, encryption: aes-gcm-16-256}
                  - {name: v-up, from: MN-V, to: SG1, user: both, spi: 0x30002, encryption: aes-gcm-16-256}
                  - {name: w-other, from: MN-V, to: SG2, gateway-address: 10.0.0.3, user: MN-V, spi: 0x30001, encryption: aes-gcm-16-256}
                  - {name: v-other, from: MN-W, to: SG2, gateway-address: 10.0.0.3, user: MN-W, spi: 0x30002, encryption: aes-gcm-16-256}
                """)
        try await network.run {
            let holder = try #require(network.daemons["SG1"])
            var selection = MoveSelection(draining: "SG1", to: ["SG2"])
            selection.spiConflict = .renegotiate
            let drain = try await holder.drain(MoveOrder(selection: selection), by: Self.alice)
            #expect(drain.moves == 42)
            let over = try await end(network)
            #expect([over.completed, over.moves, over.refused] == [42, 42, 0], "\(over.words)")
            for name in ["w-up", "v-up"] { #expect(try await network.places(of: name) == ["SG2"]) }
        }
    }

    @Test("what had to leave and cannot is refused, each SA with its reason, and the drain did its work partly")
    func stuck() async throws {
        // The SPI of up-1 is in use at SG2; the packets of w-up and w-down go through tunnels to PR as well.
        let scenario = try Self.scenario(
            "automatic", to: Self.alike,
            more: """
                  - {name: other, from: MN-V, to: SG2, gateway-address: 10.0.0.3, user: MN-V, spi: 0x10000, encryption: aes-gcm-16-256}
                  - {name: w-up, from: MN-W, to: SG1, spi: 0x30001, encryption: aes-gcm-16-256}
                  - {name: w-down, from: SG1, to: MN-W, spi: 0x30002, encryption: aes-gcm-16-256}
                  - {name: outer-up, from: MN-W, to: PR, spi: 0x30003, encryption: aes-gcm-16-256,
                     selectors: [{source: 10.2.0.1, destination: 10.0.0.3, protocol: esp}]}
                  - {name: outer-down, from: PR, to: MN-W, spi: 0x30004, encryption: aes-gcm-16-256,
                     selectors: [{source: 10.0.0.3, destination: 10.2.0.1, protocol: esp}]}
                  - {name: trunk, from: SG1, to: RN, spi: 0x40001, encryption: aes-gcm-16-256, origin: static,
                     selectors: [{source: 192.0.2.0/24, destination: 198.51.100.0/24}]}
                """, timeline: "[{drain: SG1, to: [SG2]}]")
        let report = try await Played.play(scenario)
        #expect(report.outcome == .partly, "\(report.reason)")
        let drain = try #require(report.drains.first)
        #expect([drain.moves, drain.associations, drain.moved, drain.refused, drain.failed] == [39, 78, 78, 0, 0])
        #expect([drain.stuck, drain.staying] == [4, 1])
        #expect(report.table().contains("0 refused, 0 failed; 4 more cannot move, 1 more is not a drain's to move"))
        #expect(Set(drain.stayed.map(\.names)) == [["up-1"], ["down-1"], ["w-up"], ["w-down"]])
        #expect(drain.stayed.allSatisfy { $0.to == nil && $0.outcome == "refused" })
        func reasons(_ name: String) -> [String] { drain.stayed.filter { $0.names == [name] }.map(\.reason) }
        #expect(reasons("up-1") == ["its SPI is in use at SG2, which denies it"])
        #expect(reasons("w-up").allSatisfy { $0.contains("at PR, and a bundle moves whole") }, "\(reasons("w-up"))")
        #expect(report.reason.hasPrefix("78 of 82 SAs moved; "))
        #expect(report.json().contains("\"stuck\" : 4"))
        #expect(report.table().contains("its SPI is in use at SG2, which denies it"))
    }
}
