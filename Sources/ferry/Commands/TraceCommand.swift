import ArgumentParser

/// `ferry trace [MOVE]`: the messages between the gateways.
struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Print the messages that went between gateways: of a move, or all that they remember.",
        discussion: """
            Each message is told by its sender, or where that gateway was not asked, by its receiver: when, from whom to \
            whom, its name, its type, what it holds and its size. Contexts are counted and never told. A gateway remembers \
            its last 5000 messages since its start.
            """)

    @Argument(help: "The first digits of the move's name.")
    var move: String?

    @Option(help: "How to print the messages.")
    var format = OutputFormat.table

    @OptionGroup var gateways: GatewayOptions

    mutating func run() async throws {
        try await end { try await TraceSession(move).run(try gateways.access(), format: format, to: .standard) }
    }
}
