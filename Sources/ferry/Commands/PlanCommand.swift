import ArgumentParser
import ConfigurationFiles
import ForwardingPath
import GatewayAPI

/// `ferry plan FILE`: what would move, and why, from a file alone; `ferry plan --gateway … [NAME…]`: from gateways.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Say what happens to each SA when the paths change; nothing is moved.",
        discussion: """
            With a file, reads a network or scenario file and needs no daemon. Exits 0 for any well-formed file, also \
            where SAs are in conflict or cannot be classified, and 2 for a file that cannot be read.

            With --gateway, --config, --from, --to or --via, or without a file, asks gateways for their plans, for the \
            SAs of these names or for all. Exits 0 when all that were asked answered, 1 when some did, 3 when none did, \
            and 4 when they refused.
            """)

    @Argument(help: "A network or scenario file (YAML); or, for gateways, names of SAs.")
    var fileOrNames: [String] = []

    @Option(help: "The gateway that the SAs leave.")
    var from: NodeName?

    @Option(help: "The gateway that they go to.")
    var to: NodeName?

    @Option(help: "What would be done where an SPI is in use at the new gateway: deny, renegotiate or reassign.")
    var spiConflict: SPIConflictPolicy?

    @Flag(help: "Plan to negotiate SAs anew for which the user's profile prefers algorithms that are possible there.")
    var upgrade = false

    @Option(help: "The previous router whose whole paths the plan is about.")
    var via: NodeName?

    @Option(help: "How to print the plan.")
    var format = OutputFormat.table

    @OptionGroup var gateways: GatewayOptions

    mutating func validate() throws {
        guard via == nil || (from == nil && to == nil) else {
            throw ValidationError("Give --via without --from and --to.")
        }
        guard !asksGateways else { return }
        guard fileOrNames.count == 1 else {
            throw ValidationError("Give one file, or add --gateway to plan for SAs of these names.")
        }
        let given = [
            (upgrade, "--upgrade"), (spiConflict != nil, "--spi-conflict"),
            (gateways.certificate != nil, "--certificate"),
            (gateways.key != nil, "--key"), (gateways.ca != nil, "--ca"),
        ].filter(\.0).map(\.1)
        guard given.isEmpty else {
            throw ValidationError(
                "\(given.joined(separator: ", ")): a file's plan asks no gateway; add --gateway to ask those there are."
            )
        }
    }

    mutating func run() async throws {
        try await end {
            if asksGateways {
                let selection = MoveSelection(
                    names: fileOrNames, from: from, to: to, wholePath: via != nil, spiConflict: spiConflict,
                    upgrade: upgrade)
                return try await PlanSession(selection, at: via ?? from).run(
                    try gateways.access(), format: format, to: .standard)
            }
            try Output.standard.result(try plan(of: fileOrNames[0]))
            return nil
        }
    }

    private var asksGateways: Bool {
        fileOrNames.isEmpty || !gateways.gateway.isEmpty || gateways.config != nil || from != nil || to != nil
            || via != nil
    }

    private func plan(of file: String) throws(CommandFailure) -> String {
        do throws(FileError) {
            let report = PlanReport(try NetworkFile.load(file).plan)
            switch format {
            case .table: return report.table() + "\n"
            case .json: return report.json() + "\n"
            case .csv: return report.csv() + "\n"
            }
        } catch {
            throw CommandFailure(.usage, error.description)
        }
    }
}
