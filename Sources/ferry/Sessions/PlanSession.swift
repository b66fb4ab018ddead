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
            guard asked == nil || asked == node else { return (node, ReportedPlan?.none) }
            return (node, try await client.plan(selection))
        }
        for missed in survey.missed { output.note("ferry: \(missed)") }
        let plans = survey.found.map(\.answer).compactMap { node, plan in plan.map { (node: node, plan: $0) } }
        guard !plans.isEmpty else {
            guard let asked, !survey.found.isEmpty else { return survey.status }
            let known = survey.found.map(\.answer.0.text).joined(separator: ", ")
            throw CommandFailure(
                survey.missed.isEmpty ? .refused : .unreachable,
                "\(asked) has to be asked, and the gateways that answer are \(known): name one, or add its --gateway")
        }
        let total = PlanTotal(plans.map(\.plan))
        try output.result(
            Report(
                name: "associations", columns: planColumns,
                items: plans.flatMap { told in told.plan.associations.map { Told($0, by: told.node) } },
                missed: survey.missed,
                total: total.value
            ).text(format))
        output.note(total.words)
        return asked == nil ? survey.status : nil
    }
}
