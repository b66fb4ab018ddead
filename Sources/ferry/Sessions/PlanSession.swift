import Console
import ForwardingPath
package import GatewayAPI

/// `ferry plan` of gateways.
package struct PlanSession: Sendable {
    /// What the plan is about.
    let selection: MoveSelection

    /// From what the command was told.
    package init(_ selection: MoveSelection) { self.selection = selection }

    /// Asks the gateway that the SAs leave, or all where none is named, and prints their plans as one.
    package func run(_ access: GatewayAccess, format: OutputFormat, to output: Output) async throws -> CommandStatus? {
        let survey = await Survey(access) { [selection] client in
            let node = try await client.describe().node
            guard selection.from == nil || selection.from == node else {
                return ([Told<ReportedPlanEntry>], ReportedPlan)?.none
            }
            let plan = try await client.plan(selection)
            return (plan.associations.map { Told($0, by: node) }, plan)
        }
        for missed in survey.missed { output.note("ferry: \(missed)") }
        let plans = survey.found.compactMap(\.answer)
        guard !plans.isEmpty else {
            guard let from = selection.from, !survey.found.isEmpty else { return survey.status }
            throw CommandFailure(
                survey.missed.isEmpty ? .usage : .unreachable,
                "no gateway that answers is \(from): see ferry get gateways")
        }
        let total = PlanTotal(plans.map(\.1))
        try output.result(
            Report(
                name: "associations", columns: planColumns, items: plans.flatMap(\.0), missed: survey.missed,
                total: total.value
            ).text(format))
        output.note(total.words)
        return selection.from == nil ? survey.status : nil
    }
}
