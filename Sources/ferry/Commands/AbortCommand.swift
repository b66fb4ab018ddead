import ArgumentParser

/// `ferry abort [MOVE]`.
struct AbortCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abort", abstract: "Stop a move that has not passed the point of no return.")

    @Argument(help: "The first digits of the move's name; left out: the only one that can be stopped.")
    var move: String?

    @OptionGroup var options: DecisionOptions

    mutating func run() async throws {
        try await end { try await options.carryOut(.abort, on: move) }
    }
}
