import ArgumentParser

/// `ferry deny [MOVE]`.
struct DenyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deny", abstract: "Refuse a move that waits for an operator.")

    @Argument(help: "The first digits of the move's name; left out: the only one that waits.")
    var move: String?

    @OptionGroup var options: DecisionOptions

    mutating func run() async throws {
        try await end { try await options.carryOut(.deny, on: move) }
    }
}
