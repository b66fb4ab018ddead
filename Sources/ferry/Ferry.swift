import ArgumentParser

/// The `ferry` command.
@main
struct Ferry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ferry",
        abstract: "Moves live IPsec security associations between security gateways.",
        subcommands: [DemoCommand.self, PlanCommand.self, PkiCommand.self])
}
