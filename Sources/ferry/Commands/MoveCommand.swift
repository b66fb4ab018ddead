import ArgumentParser
import ForwardingPath
import GatewayAPI

/// `ferry move NAME… --from GATEWAY --to GATEWAY`: moves SAs; with `--via ROUTER`, those of a whole path.
struct MoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Move SAs from one gateway to another.",
        discussion: """
            Tells on standard error how the move goes on, and prints at its end how it ended. Exits 0 when it \
            completed, 4 when it was refused, 5 when it failed, 6 when an operator aborted it. An interrupt ends the \
            waiting and not the move.

            The gateway plans first, and the order is for that plan alone: where another would be made of it by then, \
            nothing moves, the new plan is told, and it exits 4. --plan gives the order for a plan that was seen before.

            With --via, the previous router of the paths moves the SAs of these names, or all that its plan gives away, \
            at whichever gateways they are: what belongs to one user goes through as a group, or not at all.
            """)

    @Argument(help: "The names of the SAs; none, with --via, are all.")
    var names: [String] = []

    @Option(help: "The gateway that they leave.")
    var from: NodeName?

    @Option(help: "The gateway that they go to.")
    var to: NodeName?

    @Option(help: "The previous router that moves SAs along its whole paths.")
    var via: NodeName?

    @Option(
        help:
            "Who must agree beside those whom the previous router's own rule names: automatic, source, target or both.")
    var approval: ApprovalPolicy?

    @Option(help: "What to do where an SPI is in use at the new gateway: deny, renegotiate or reassign.")
    var spiConflict: SPIConflictPolicy?

    @Flag(help: "Negotiate SAs anew for which the user's profile prefers algorithms that are possible there.")
    var upgrade = false

    @Option(help: "Only if the plan is still the one of this token, which ferry plan --format json gives.")
    var plan: String?

    @Flag(help: "Wait before each phase outside the pause until somebody says ferry proceed.")
    var step = false

    @Flag(inversion: .prefixedNo, help: "Wait for the end.")
    var wait = true

    @Option(help: "How to print the move.")
    var format = OutputFormat.table

    @OptionGroup var gateways: GatewayOptions

    mutating func validate() throws {
        guard via == nil else {
            guard from == nil, to == nil else {
                throw ValidationError("Give --via, or --from and --to: where SAs of a whole path go follows from it.")
            }
            guard !upgrade else {
                throw ValidationError(
                    "Give --from and --to with --upgrade: the gateway that has an SA has it negotiated anew.")
            }
            return
        }
        guard from != nil, to != nil, !names.isEmpty else {
            throw ValidationError("Give the names of SAs with --from and --to, or --via.")
        }
    }

    mutating func run() async throws {
        guard let asked = via ?? from else { return }
        let order = MoveOrder(
            selection: MoveSelection(
                names: names, from: from, to: to, wholePath: via != nil, spiConflict: spiConflict, upgrade: upgrade),
            planToken: plan, approval: approval, stepping: step)
        try await end {
            try await MoveSession(order, at: asked, waits: wait).run(
                try gateways.access(), format: format, to: .standard)
        }
    }
}
