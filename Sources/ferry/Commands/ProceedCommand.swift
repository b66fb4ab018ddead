import ArgumentParser

/// `ferry proceed [MOVE]`.
struct ProceedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proceed", abstract: "Let a stepping move enter its next phase.")

    @Argument(help: "The first digits of the move's name; left out: the only one that waits.")
    var move: String?

    @OptionGroup var options: DecisionOptions

    mutating func run() async throws {
        try await end { try await options.carryOut(.proceed, on: move) }
    }
}
