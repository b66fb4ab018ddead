import ConfigurationFiles
import Console
import ContextTransfer
import Credentials
import FakeGateways
import Foundation
import ForwardingPath
import GatewayAPI
import Testing
import ferry

@Suite("Commands at real gateways", .timeLimit(.minutes(2)))
struct SessionTests {
    private let site: Site
    private let alice: GatewayTLS
    private let nowhere = GatewayAddress.socket("/nonexistent/api.sock")

    init() throws {
        site = try Site()
        alice = try site.tls(.operator, named: "alice")
    }

    private func access(_ addresses: GatewayAddress..., tls: GatewayTLS? = nil) -> GatewayAccess {
        GatewayAccess(addresses: addresses, tls: tls ?? alice)
    }

    /// What a command ended with, also where it threw.
    private func end(_ body: () async throws -> CommandStatus?) async throws -> CommandStatus? {
        do { return try await body() } catch let failure as CommandFailure { return failure.status }
    }

    @Test("get prints what all gateways have; those that do not answer make it 1, and 3 when none does")
    func get() async throws {
        let one = FakeGateway(GatewaySnapshot(revision: 1, associations: Sample.associations(2)))
        let two = FakeGateway(GatewaySnapshot(revision: 1, associations: Sample.associations(1)), node: "SG2")
        try await site.serving(one) { here in
            try await site.serving(two, as: "SG2") { there in
                var printed = Printed()
                var status = try await Listing.sad.run(access(there, here), format: .csv, to: printed.output())
                #expect(status == nil)
                let rows = printed.result.split(separator: "\n").dropFirst().map { $0.prefix(8) }
                #expect(rows == ["SG2,sa-0", "SG1,sa-0", "SG1,sa-1"])
                printed = Printed()
                status = try await Listing.sad.run(access(here, here), format: .csv, to: printed.output())
                #expect(status == nil)
                #expect(printed.result.split(separator: "\n").count == 3, "one gateway, by two addresses")
                printed = Printed()
                status = try await Listing.sad.run(access(here, nowhere), format: .csv, to: printed.output())
                #expect(status == .partial)
                #expect(printed.notes == ["ferry: \(nowhere): it cannot be reached: no such file or directory"])
                printed = Printed()
                status = try await Listing.sad.run(access(nowhere), format: .csv, to: printed.output())
                #expect(status == .unreachable)
                #expect(printed.result == "")
            }
        }
    }

    @Test("get with a certificate that may not call ends with 4, and with a missing one with 2")
    func refused() async throws {
        let router = try site.tls(.router, named: "SG2")
        try await site.serving(FakeGateway()) { here in
            let printed = Printed()
            let refused = access(here, tls: router)
            var status = try await Listing.spd.run(refused, format: .json, to: printed.output())
            #expect(status == .refused)
            let bare = GatewayAccess(addresses: [here], tls: nil)
            status = try await Listing.spd.run(bare, format: .json, to: printed.output())
            #expect(status == .usage)
        }
    }

    @Test(
        "move gives the order where the SAs are, tells how it goes on, prints how it ended and ends with its status",
        arguments: [
            (ContextTransfer.MoveOutcome.completed, nil), (.refused(.notApproved(by: "bob")), .refused),
            (.failed(.expired), .failed), (.aborted(.aborted(by: "eve")), .aborted),
        ] as [(ContextTransfer.MoveOutcome, CommandStatus?)])
    func move(outcome: ContextTransfer.MoveOutcome, expected: CommandStatus?) async throws {
        let (holder, leader) = (FakeGateway(), FakeGateway(node: "PR"))
        let waiting = Sample.move(7, .awaitingApproval([.source]))
        await holder.begin([waiting])
        await leader.change(.move(waiting))
        let order = MoveOrder(selection: MoveSelection(names: ["up"], from: "SG1", to: "SG2"))
        let printed = Printed()
        try await site.serving(holder) { here in
            try await site.serving(leader, as: "PR") { there in
                async let status = MoveSession(order, at: "SG1", waits: true).run(
                    access(there, here), format: .json, to: printed.output())
                await printed.waits(for: "waits for an operator of PR")
                await leader.change(.move(Sample.move(7, .finished(outcome))))
                let end = try await status
                #expect(end == expected)
            }
        }
        #expect(await holder.calls.prefix(2) == ["plan [\"up\"]", "move [\"up\"] by operator alice"])
        #expect(await holder.tokens == [Sample.plan.token])
        #expect(printed.notes.last?.hasPrefix(outcome.name) == true)
        #expect(printed.result.contains("\"outcome\":\"\(outcome.name)\""))
    }

    @Test("move without waiting prints the move as it began")
    func impatient() async throws {
        let printed = Printed()
        let order = MoveOrder(selection: MoveSelection(names: ["up"], from: "SG1", to: "SG2"))
        try await site.serving(FakeGateway()) { here in
            let status = try await MoveSession(order, at: "SG1", waits: false).run(
                access(here), format: .json, to: printed.output())
            #expect(status == nil)
        }
        #expect(printed.result.contains("\"state\":\"running\""))
    }

    @Test("a move that is over before anybody looks is found in the history")
    func lookedBack() async throws {
        let gateway = FakeGateway()
        await gateway.begin([Sample.move])
        let printed = Printed()
        let order = MoveOrder(selection: MoveSelection(names: ["up"], from: "SG1", to: "SG2"))
        await gateway.remember(Sample.move(0xfeed, .finished(.completed)))
        try await site.serving(gateway) { here in
            let status = try await MoveSession(order, at: "SG1", waits: true).run(
                access(here), format: .json, to: printed.output())
            #expect(status == nil)
        }
        #expect(printed.notes.last == "completed")
    }

    @Test("where the plan has become another one the order is refused with 4, and the new plan is told")
    func outdated() async throws {
        let gateway = FakeGateway()
        await gateway.outdate()
        let printed = Printed()
        for token in [nil, "abc-1"] {
            let order = MoveOrder(selection: MoveSelection(names: ["up"], from: "SG1", to: "SG2"), planToken: token)
            try await site.serving(gateway) { here in
                let status = try await end {
                    try await MoveSession(order, at: "SG1", waits: true).run(
                        access(here), format: .json, to: printed.output())
                }
                #expect(status == .refused)
            }
        }
        #expect(await gateway.tokens == [Sample.plan.token, "abc-1"])
        #expect(await gateway.calls.count { $0.hasPrefix("plan") } == 3)
        let total = try #require(PlanTotal.lines(Sample.plan).last)
        #expect(printed.notes.count { $0 == total } == 3)
        #expect(printed.result == "")
    }

    @Test("move that a viewer orders is refused with 4; from a gateway that is not there it is too, not reached 3")
    func moveRefused() async throws {
        let eve = try site.tls(.viewer, named: "eve")
        try await site.serving(FakeGateway()) { here in
            let printed = Printed()
            let order = MoveOrder(selection: MoveSelection(names: ["up"], from: "SG1", to: "SG2"))
            let elsewhere = MoveOrder(selection: MoveSelection(names: ["up"], from: "SG9", to: "SG2"))
            for (order, access, expected) in [
                (order, access(here, tls: eve), CommandStatus.refused), (elsewhere, access(here), .refused),
                (elsewhere, access(here, nowhere), .unreachable), (order, access(nowhere), .unreachable),
            ] {
                let status = try await end {
                    try await MoveSession(order, at: order.selection.from ?? "SG1", waits: true).run(
                        access, format: .table, to: printed.output())
                }
                #expect(status == expected)
            }
        }
    }

    @Test("approve finds the only move that waits and tells who has not agreed")
    func approve() async throws {
        let waiting = Sample.move(7, .awaitingApproval([.target]))
        let (leader, target) = (FakeGateway(node: "PR"), FakeGateway(node: "NR"))
        await leader.change(.move(waiting))
        await target.change(.move(waiting))
        let printed = Printed()
        try await site.serving(leader, as: "PR") { here in
            let lonely = try await end {
                try await DecisionSession(.approve, prefix: nil).run(access(here), format: .csv, to: printed.output())
            }
            #expect(lonely == .unreachable, "NR has to be told")
            try await site.serving(target, as: "NR") { there in
                let access = access(here, there)
                let session = DecisionSession(.approve, prefix: nil)
                var status = try await session.run(access, format: .csv, to: printed.output())
                #expect(status == nil)
                let abort = DecisionSession(.abort, prefix: waiting.id.description)
                status = try await abort.run(access, format: .csv, to: printed.output())
                #expect(status == nil)
                await leader.refuse(.notPossible("the move is over"))
                let late = try await end {
                    try await DecisionSession(.abort, prefix: nil).run(access, format: .csv, to: printed.output())
                }
                #expect(late == .refused)
            }
        }
        #expect(await target.calls.filter { !$0.hasPrefix("watch") } == ["approve \(waiting.id) by operator alice"])
        let aborted = "abort \(waiting.id) by operator alice"
        #expect(await leader.calls.filter { !$0.hasPrefix("watch") } == [aborted, aborted])
    }

    @Test("plan asks the gateway that the SAs leave, or all")
    func plan() async throws {
        let (one, two) = (FakeGateway(), FakeGateway(node: "SG2"))
        try await site.serving(one) { here in
            try await site.serving(two, as: "SG2") { there in
                let printed = Printed()
                let access = access(here, there)
                let all = PlanSession(MoveSelection(), at: nil)
                var status = try await all.run(access, format: .csv, to: printed.output())
                #expect(status == nil)
                #expect(printed.result.split(separator: "\n").count == 3)
                let from = PlanSession(MoveSelection(names: ["up"], from: "SG2"), at: "SG2")
                status = try await from.run(access, format: .csv, to: printed.output())
                #expect(status == nil)
                let nobody = PlanSession(MoveSelection(from: "SG9"), at: "SG9")
                status = try await end { try await nobody.run(access, format: .csv, to: printed.output()) }
                #expect(status == .refused)
            }
        }
        #expect(await one.calls == ["plan []"])
        #expect(await two.calls == ["plan []", "plan [\"up\"]"])
    }

    @Test(
        "history prints the audit trail, the moves that ended or each one of a drain: all of them or one",
        arguments: [
            (.events, "", 1), (.moves, "", 1), (.moves, Sample.move.id.description, 1), (.moves, "beef", 0),
            (.events, "beef", 0), (.drain, "", 6), (.drain, MoveID(2).description, 1),
        ] as [(Chronicle, String, Int)])
    func history(chronicle: Chronicle, move: String, count: Int) async throws {
        try await site.serving(FakeGateway()) { address in
            let printed = Printed()
            let session = HistorySession(chronicle, move: move, limit: 10)
            let status = try await session.run(access(address), format: .csv, to: printed.output())
            #expect(status == nil)
            #expect(printed.result.split(separator: "\n").count == 1 + count)
        }
    }

    @Test("path seek asks the previous router, which has to be among the gateways")
    func seekPath() async throws {
        let (one, two) = (FakeGateway(), FakeGateway(node: "SG2"))
        try await site.serving(one) { here in
            try await site.serving(two, as: "SG2") { there in
                let printed = Printed()
                let session = SeekPathSession(PathWish(plane: .control, router: "NR"), via: "SG2")
                let status = try await session.run(access(here, there), format: .csv, to: printed.output())
                #expect(status == nil && printed.result.contains("control"))
                await #expect(throws: CommandFailure.self) {
                    try await session.run(access(here), format: .csv, to: printed.output())
                }
            }
        }
        #expect(await one.calls.isEmpty)
        #expect(await two.calls == ["seek a control path of NR by alice"])
    }

    @Test("path set tells all gateways, and only an operator may")
    func setPath() async throws {
        let (one, two) = (FakeGateway(), FakeGateway(node: "SG2"))
        try await site.serving(one) { here in
            try await site.serving(two, as: "SG2") { there in
                let printed = Printed()
                let session = SetPathSession(PathPair(plane: .data, previous: ["MN", "PR", "RN"]))
                let status = try await session.run(access(here, there), format: .csv, to: printed.output())
                #expect(status == nil && printed.result.split(separator: "\n").count == 3)
            }
        }
        for gateway in [one, two] { #expect(await gateway.calls == ["set data paths by alice"]) }
    }

    @Test("watch prints a line for each thing, and ends when nobody reads any more")
    func watch() async throws {
        let gateway = FakeGateway()
        let printed = Printed()
        try await site.serving(gateway) { here in
            async let watched: Void = WatchSession(format: .json).run(access(here), to: printed.output(limit: 4))
            await printed.waits(for: "snapshot")
            await gateway.change(.event(Sample.event(1)))
            await gateway.change(.move(Sample.move))
            await gateway.change(.event(Sample.event(2)))
            await watched
        }
        let lines = printed.result.split(separator: "\n")
        #expect(lines.count == 4)
        let kinds = try lines.map { line in
            (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["kind"] as? String
        }
        #expect(kinds == ["connected", "snapshot", "event", "move"])
    }
}
