import ArgumentParser
import ForwardingPath
import GatewayAPI

/// `ferry path seek ROUTER --via ROUTER`: has a new router set the new path up.
struct SeekPathCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seek", abstract: "Have a new router set up the new path of a plane, while none is known.",
        discussion: """
            The previous router tells the new one what the SAs along the previous path need, without their keys, and the \
            new one chooses among the paths along the links of its network file: it asks the gateways on them what they \
            can take, within the users' profiles. Nothing moves; ferry plan --via says then what would. Exits 0 when there \
            is a path, 3 when the previous router does not answer, and 4 when no path can take the SAs.
            """)

    @Argument(help: "The router that is to be the new one.")
    var router: NodeName

    @Option(help: "The previous router, which is asked.")
    var via: NodeName

    @Option(help: "data, control or management.")
    var plane = Plane.data

    @Option(help: "How to print the path.")
    var format = OutputFormat.table

    @OptionGroup var gateways: GatewayOptions

    mutating func run() async throws {
        let session = SeekPathSession(PathWish(plane: plane, router: router), via: via)
        try await end { try await session.run(try gateways.access(), format: format, to: .standard) }
    }
}
