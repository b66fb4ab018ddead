import ContextTransfer
import Credentials
import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("Certificates that are renewed while a move is under way", .timeLimit(.minutes(1)))
struct RenewedMoveTests {
    private static let alice = Caller(name: "alice", role: .operator)

    /// The move that a daemon tells of, once it is as the test waits for.
    private static func move(at daemon: RouterDaemon, until isAwaited: (ReportedMove) -> Bool) async -> ReportedMove? {
        for await update in await daemon.watch(WatchOptions(traffic: false, interval: 50, events: 0)) {
            switch update.content {
            case .snapshot(let all): if let move = all.moves.first(where: isAwaited) { return move }
            case .changes(let changes):
                for case .move(let move) in changes.map(\.kind) where isAwaited(move) { return move }
            }
        }
        return nil
    }

    @Test("all gateways take certificates of another authority while a move waits: it goes on")
    func inFlight() async throws {
        let (site, renewed, places) = (try Site(), try Site(), Places())
        let stacks = ["SG1", "SG2", "PR", "NR"].map { (NodeName(stringLiteral: $0), FakeStack()) }
        let daemons = try Dictionary(
            uniqueKeysWithValues: stacks.map { name, stack in
                (name, try site.daemon(name, stack: stack, endpoints: { places[$0] }))
            })
        for (name, spi, direction) in [("up", UInt32(0x1001), .inbound), ("down", 0x2001, .outbound)]
            as [(String, UInt32, Direction)]
        {
            let status = try #require(Figure.status(name, spi, direction))
            try await stacks[0].1.install([status.association], policies: [])
        }
        let (holder, leader) = (try #require(daemons["SG1"]), try #require(daemons["PR"]))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for daemon in daemons.values { group.addTask { try await daemon.run() } }
            for (name, daemon) in daemons { places.place(name, at: try await daemon.cxtpPort) }
            let order = MoveOrder(selection: MoveSelection(names: ["up", "down"]))
            let ordered = try #require(try await holder.move(order, by: Self.alice).first)
            let waits = await Self.move(at: leader) { move in
                if case .awaitingApproval = move.state { true } else { false }
            }
            #expect(waits?.id == ordered.id)
            for (name, daemon) in daemons {
                let credential = try #require(renewed.pki.router(name))
                try await daemon.renew(
                    credential, authority: renewed.pki.authority.certificatePEM, because: "a test")
            }
            _ = try await leader.approve(ordered.id, by: Self.alice)
            let over = await Self.move(at: holder) { $0.state.outcome != nil }
            #expect(over?.state.outcome == .completed)
            #expect(stacks[0].1.phases.isEmpty && stacks[1].1.phases == [.inForce, .inForce])
            group.cancelAll()
        }
    }

    @Test("one that is refused is told of with an alarm")
    func refused() async throws {
        let daemon = try Site().daemon("SG1", stack: FakeStack())
        await daemon.refused(certificate: "SG1.pem is not a certificate")
        let event = try #require(try await daemon.history(HistoryQuery()).events.first)
        #expect(event.kind == .alarm && event.text == "kept the old certificate: SG1.pem is not a certificate")
    }
}
