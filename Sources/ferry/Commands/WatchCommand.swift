import ArgumentParser

/// `ferry watch`: what happens at gateways, as it happens.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Print what happens at gateways, a line for each thing, until interrupted.",
        discussion: "A gateway that is lost is tried again for ever.")

    @Option(help: "How to print a line.")
    var format = WatchFormat.text

    @OptionGroup var gateways: GatewayOptions

    mutating func run() async throws {
        try await end {
            await WatchSession(format: format).run(try gateways.access(), to: .standard)
            return nil
        }
    }
}
