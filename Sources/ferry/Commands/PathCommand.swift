import ArgumentParser

/// `ferry path`: the forwarding paths of gateways.
struct PathCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path", abstract: "Change the forwarding paths that gateways know; ferry get paths shows them.",
        subcommands: [SetPathCommand.self, SeekPathCommand.self])
}
