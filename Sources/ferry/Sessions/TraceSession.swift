import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI

/// `ferry trace`.
package struct TraceSession: Sendable {
    private let digits: String?

    /// From what the command was told: the first digits of a move's name, or `nil` for all.
    package init(_ digits: String?) { self.digits = digits?.lowercased() }

    /// Asks all gateways, and prints the ladder of their messages.
    package func run(_ access: GatewayAccess, format: OutputFormat, to output: Output) async throws -> CommandStatus? {
        let survey = await Survey(access) { client in
            (node: try await client.describe().node, messages: try await client.trace(nil))
        }
        for missed in survey.missed { output.note("ferry: \(missed)") }
        guard !survey.found.isEmpty else { return survey.status }
        let told = Dictionary(survey.found.map { ($0.answer.node, $0.answer.messages) }) { first, _ in first }
        let ladder = [TracedMessage].ladder(told).filter { message in
            digits.map { message.move.description.hasPrefix($0) } ?? true
        }
        if let digits, Set(ladder.map(\.move)).count > 1 {
            throw CommandFailure(.usage, "\(digits) may be several moves: give more digits")
        }
        if let digits, ladder.isEmpty {
            throw CommandFailure(
                .refused,
                "no gateway remembers a message of a move \(digits): ferry history moves tells which there were")
        }
        try output.result(
            Report(name: "messages", columns: traceColumns, items: ladder, missed: survey.missed).text(format))
        return survey.status
    }
}
