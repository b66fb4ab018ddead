import ArgumentParser
import ForwardingPath

/// `ferry path set`: gives a plane other paths.
struct SetPathCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Give a plane other paths at all gateways asked.",
        discussion: """
            They hold until a gateway reads its network file anew. Exits 0 when all took them, 1 when some did, 3 when \
            none answered, and 4 when they refused.
            """)

    @Option(help: "data, control or management.")
    var plane = Plane.data

    @Option(help: "The nodes of the path in use, from the near end to the far end, with commas: MN,PR,SG1,G,RN.")
    var previous: NodeList

    @Option(help: "The nodes of the new path; left out while it is not known.")
    var next: NodeList?

    @Option(help: "How to print the paths.")
    var format = OutputFormat.table

    @OptionGroup var gateways: GatewayOptions

    mutating func run() async throws {
        let path = PathPair(plane: plane, previous: previous.nodes, next: next?.nodes)
        try await end { try await SetPathSession(path).run(try gateways.access(), format: format, to: .standard) }
    }
}
