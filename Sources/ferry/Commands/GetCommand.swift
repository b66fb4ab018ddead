import ArgumentParser

/// `ferry get sad|spd|paths|moves|drains|gateways`: what gateways have.
struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print what gateways have: SAs, policies, paths, moves, drains, or the gateways themselves.",
        discussion: """
            Asks all gateways at once. Exits 0 when all answered, 1 when some did, 3 when none did, and 4 when they \
            answered and refused.
            """)

    @Argument(help: "sad, spd, paths, moves, drains or gateways.")
    var listing: Listing

    @Option(help: "How to print it.")
    var format = OutputFormat.table

    @OptionGroup var gateways: GatewayOptions

    mutating func run() async throws {
        try await end { try await listing.run(try gateways.access(), format: format, to: .standard) }
    }
}
