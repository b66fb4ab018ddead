import Console
package import ForwardingPath
package import GatewayAPI

/// `ferry plan` of gateways.
package struct PlanSession: Sendable {
    /// What the plan is about.
    let selection: MoveSelection
    /// The gateway that is asked; `nil`: each.
    let asked: NodeName?

    /// From what the command was told.
    package init(_ selection: MoveSelection, at asked: NodeName?) { (self.selection, self.asked) = (selection, asked) }

    /// Asks the gateway, or all where none is named, and prints their plans as one.
    package func run(_ access: GatewayAccess, format: OutputFormat, to output: Output) async throws -> CommandStatus? {
        let survey = await Survey(access) { [selection, asked] client in
            let node = try await client.describe().node
            guard asked == nil || asked == node else {
                return ([Told<ReportedPlanEntry>], ReportedPlan)?.none
            }
            let plan = try await client.plan(selection)
            return (plan.associations.map { Told($0, by: node) }, plan)
        }
        for missed in survey.missed { output.note("ferry: \(missed)") }
        let plans = survey.found.compactMap(\.answer)
        guard !plans.isEmpty else {
            guard let asked, !survey.found.isEmpty else { return survey.status }
            throw CommandFailure(
                survey.missed.isEmpty ? .usage : .unreachable,
                "no gateway that answers is \(asked): see ferry get gateways")
        }
        let total = PlanTotal(plans.map(\.1))
        try output.result(
            Report(
                name: "associations", columns: planColumns, items: plans.flatMap(\.0), missed: survey.missed,
                total: total.value
            ).text(format))
        output.note(total.words)
        return asked == nil ? survey.status : nil
    }
}
