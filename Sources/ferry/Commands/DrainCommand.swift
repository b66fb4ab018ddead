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
            stay, and are counted. Tells on standard error how far it is, and prints at its end what became of it. Exits 0 \
            when every move completed, 4 when some did not. An interrupt ends the waiting and not the drain.

            With --plan, says what would go where, and moves nothing.
            """)

    @Argument(help: "The gateway that is drained.")
    var gateway: NodeName

    @Option(help: "The gateways that take its SAs, with commas; else all on the new path that can.")
    var to: NodeList?

    @Option(
        help:
            "Who must agree beside those whom the previous router's own rule names: automatic, source, target or both.")
    var approval: ApprovalPolicy?

    @Flag(help: "Only say what would go where.")
    var plan = false

    @Flag(inversion: .prefixedNo, help: "Wait for the end.")
    var wait = true

    @Option(help: "How to print the drain, or its plan.")
    var format = OutputFormat.table

    @OptionGroup var gateways: GatewayOptions

    mutating func run() async throws {
        let selection = MoveSelection(draining: gateway, to: to?.nodes ?? [])
        try await end {
            guard !plan else {
                return try await PlanSession(selection, at: gateway).run(
                    try gateways.access(), format: format, to: .standard)
            }
            let order = MoveOrder(selection: selection, approval: approval)
            return try await DrainSession(order, waits: wait).run(try gateways.access(), format: format, to: .standard)
        }
    }
}
