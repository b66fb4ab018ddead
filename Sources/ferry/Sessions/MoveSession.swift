import ConfigurationFiles
import Console
import ContextTransfer
package import ForwardingPath
package import GatewayAPI

/// `ferry move`.
package struct MoveSession: Sendable {
    /// What is to move.
    let order: MoveOrder
    /// The gateway that is given the order.
    let asked: NodeName
    /// Whether to wait for the end.
    let waits: Bool

    /// From what the command was told.
    package init(_ order: MoveOrder, at asked: NodeName, waits: Bool) {
        (self.order, self.asked, self.waits) = (order, asked, waits)
    }

    /// Gives the order to the gateway, tells how the moves go on, and prints how they ended.
    package func run(_ access: GatewayAccess, format: OutputFormat, to output: Output) async throws -> CommandStatus? {
        let survey = await Survey(access) { try await $0.describe().node }
        let address: GatewayAddress
        do throws(CommandFailure) {
            address = try survey.address(of: asked)
        } catch {
            for missed in survey.missed { output.note("ferry: \(missed)") }
            guard !survey.found.isEmpty else { return survey.status }
            throw error
        }
        let begun: [ReportedMove]
        do {
            begun = try await begin(at: address, access, output)
        } catch let failure as RequestFailure {
            throw CommandFailure(failure, at: asked.text)
        }
        guard !begun.isEmpty else {
            output.note("ferry: nothing has to move: see ferry plan")
            return nil
        }
        var progress = MoveProgress(begun)
        for line in progress.news() { output.note(line) }
        if waits, !progress.isOver {
            let parties = Set(begun.map(\.route.source) + [asked])
            var links: [NodeName: GatewayLink] = [:]
            for party in survey.found where parties.contains(party.answer) {
                links[party.answer] = GatewayLink(address: party.address, tls: access.tls, options: .moves)
            }
            await MoveFollower(links: links).follow(&progress, to: output)
        }
        let items = progress.moves.map { Told($0, by: $0.route.source) }
        try output.result(Report(name: "moves", columns: moveColumns, items: items).text(format))
        return progress.status
    }

    /// Has the gateway plan, tells what it plans, and gives the order for that plan alone: where another one would be made of
    /// it by then, it is refused, and the new plan is told.
    private func begin(
        at address: GatewayAddress, _ access: GatewayAccess, _ output: Output
    ) async throws -> [ReportedMove] {
        try await GatewayClient.connected(to: address, tls: access.tls) { [order] client in
            var order = order
            if order.planToken == nil {
                let plan = try await client.plan(order.selection)
                for line in PlanTotal.lines(plan) { output.note(line) }
                order.planToken = plan.token
            }
            do {
                return try await client.move(order)
            } catch RequestFailure.refused(.outOfDate) {
                output.note("ferry: nothing was moved: the plan is another one now")
                for line in PlanTotal.lines(try await client.plan(order.selection)) { output.note(line) }
                throw RequestFailure.refused(.outOfDate)
            }
        }
    }
}
