import Console
import ForwardingPath
import GatewayAPI

/// `ferry approve` and the like.
package struct DecisionSession: Sendable {
    /// What is decided.
    let decision: Decision
    /// The first digits of the move's name; `nil` for the only one that waits.
    let prefix: String?

    /// From what the command was told.
    package init(_ decision: Decision, prefix: String?) {
        (self.decision, self.prefix) = (decision, prefix)
    }

    /// Finds the move, tells the gateway whose word it is, and prints the move after that.
    package func run(_ access: GatewayAccess, format: OutputFormat, to output: Output) async throws -> CommandStatus? {
        let survey = await Survey(reading: access)
        for missed in survey.missed { output.note("ferry: \(missed)") }
        guard !survey.found.isEmpty else { return survey.status }
        let move = try MoveChoice.choose(prefix, for: decision, among: survey.moves)
        let wanted = decision.nodes(for: move.thing)
        let reached = wanted.compactMap { node in survey.found.first { $0.answer.description.node == node } }
        guard let found = reached.first else {
            let names = wanted.map(\.text).joined(separator: " or ")
            throw CommandFailure(
                .unreachable, "\(names) has to be told and is not reached: add its --gateway, or see ferry get gateways"
            )
        }
        let node = found.answer.description.node
        do {
            let after = try await GatewayClient.connected(to: found.address, tls: access.tls) { client in
                try await decision.carryOut(on: move.thing.id, over: client)
            }
            let report = Report(name: "moves", columns: moveColumns, items: [Told(after, by: node)])
            try output.result(report.text(format))
        } catch let failure as RequestFailure {
            throw CommandFailure(failure, at: node.text)
        }
        return nil
    }
}
