import ArgumentParser
import ForwardingPath
import GatewayAPI

/// `ferry drain GATEWAY [--to A,B]`: moves everything away.
struct DrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain",
        abstract: "Move every SA of a gateway away, spread over others by the room that they have.",
        discussion: """
            What moves goes one user after the other; one that is refused does not stop the rest. SAs of static policies \
            stay, and are counted; what would have to leave and cannot is refused, and is named by ferry history drain. \
            What one gateway refuses is tried at another one. Where an operator must agree, one \
            answer holds for all moves. Tells on standard error how far it is, and prints at its end what became of it. \
            Exits 0 when every move completed and nothing was left that had to leave, 4 when some were refused, 5 when some failed, 6 when some were aborted or did \
            not begin. An interrupt ends the waiting and not the drain, and after a restart of its daemon it goes on.

            With --plan, says what would go where, and moves nothing. With --stop, begins no more moves of the drain that is \
            under way.
            """)

    @Argument(help: "The gateway that is drained.")
    var gateway: NodeName

    @Option(help: "The gateways that take its SAs, with commas; else all on the new path that can.")
    var to: NodeList?

    @Option(
        help:
            "Who must agree beside those whom the previous router's own rule names: automatic, source, target or both.")
    var approval: ApprovalPolicy?

    @Option(help: "What to do where an SPI is in use at the new gateway: deny, renegotiate or reassign.")
    var spiConflict: SPIConflictPolicy?

    @Flag(help: "Begin no more moves of the drain that is under way.")
    var stop = false

    @Flag(help: "Only say what would go where.")
    var plan = false

    @Flag(inversion: .prefixedNo, help: "Wait for the end.")
    var wait = true

    @Option(help: "How to print the drain, or its plan.")
    var format = OutputFormat.table

    @OptionGroup var gateways: GatewayOptions

    func validate() throws {
        guard !(stop && (plan || to != nil || approval != nil || spiConflict != nil || !wait)) else {
            throw ValidationError("--stop goes with no other option but --gateway and --format.")
        }
        guard !(plan && (approval != nil || !wait)) else {
            throw ValidationError("--plan moves nothing: leave --approval and --no-wait out.")
        }
    }

    mutating func run() async throws {
        var selection = MoveSelection(draining: gateway, to: to?.nodes ?? [])
        selection.spiConflict = spiConflict
        try await end { [selection] in
            guard !stop else {
                return try await StopDrainSession(gateway).run(try gateways.access(), format: format, to: .standard)
            }
            guard !plan else {
                return try await PlanSession(selection, at: gateway).run(
                    try gateways.access(), format: format, to: .standard)
            }
            let order = MoveOrder(selection: selection, approval: approval)
            return try await DrainSession(order, waits: wait).run(try gateways.access(), format: format, to: .standard)
        }
    }
}
