import ArgumentParser

/// The options of the commands that decide about a move.
struct DecisionOptions: ParsableArguments {
    @Option(help: "How to print the move.")
    var format = OutputFormat.table

    @OptionGroup var gateways: GatewayOptions

    /// Decides, and prints the move after that.
    func carryOut(_ decision: Decision, on prefix: String?) async throws -> CommandStatus? {
        try await DecisionSession(decision, prefix: prefix).run(
            try gateways.access(), format: format, to: .standard)
    }
}
