import ArgumentParser

/// `ferry approve [MOVE]`.
struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Agree to a move that waits for an operator.")

    @Argument(help: "The first digits of the move's name; left out: the only one that waits.")
    var move: String?

    @OptionGroup var options: DecisionOptions

    mutating func run() async throws {
        try await end { try await options.carryOut(.approve, on: move) }
    }
}
