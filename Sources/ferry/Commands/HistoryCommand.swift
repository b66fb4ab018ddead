import ArgumentParser
import GatewayAPI

/// `ferry history`: what happened, from the gateways' journals.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Print what happened at gateways: their audit trails, the moves that ended, or each one of a drain.",
        discussion: """
            Oldest first, by the gateways' clocks. Exits 0 when all answered, 1 when some did, 3 when none did, and 4 \
            when they answered and refused.
            """)

    @Argument(help: "events, moves or drain.")
    var chronicle = Chronicle.events

    @Option(help: "Only the moves whose ID begins so, and their events.")
    var move = ""

    @Option(help: "At most so many of the newest of each gateway; of a drain all are told where it is left out.")
    var limit: Int?

    @Option(help: "How to print it.")
    var format = OutputFormat.table

    @OptionGroup var gateways: GatewayOptions

    func validate() throws {
        guard limit.map({ HistoryQuery.limits.contains($0) }) ?? true else {
            throw ValidationError("--limit has to be 1 to \(HistoryQuery.limits.upperBound).")
        }
    }

    mutating func run() async throws {
        try await end {
            try await HistorySession(chronicle, move: move, limit: limit).run(
                try gateways.access(), format: format, to: .standard)
        }
    }
}
