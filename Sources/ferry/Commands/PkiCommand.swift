import ArgumentParser
import ConfigurationFiles
import Credentials

/// `ferry pki FILE --out DIR`: the certificates of a network.
struct PkiCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pki",
        abstract: "Make an authority and certificates for the nodes of a network, a viewer and an operator.",
        discussion: """
            Keys are readable by their owner alone, and nothing is overwritten. Keep ca.key off the gateways: who has \
            it can make itself an operator.
            """)

    @Argument(help: "A network file (YAML).")
    var file: String

    @Option(help: "The directory to make.")
    var out: String

    mutating func run() async throws {
        try await end {
            do {
                let network = try NetworkFile.load(file)
                for path in try Pki.write(for: network.network, named: network.name, to: out) { print(path) }
                return nil
            } catch {
                throw CommandFailure(.usage, "\(error)")
            }
        }
    }
}
