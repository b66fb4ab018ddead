import Console
package import ForwardingPath
import GatewayAPI

/// `ferry drain GATEWAY --stop`.
package struct StopDrainSession: Sendable {
    /// The gateway that is drained.
    let gateway: NodeName

    /// From what the command was told.
    package init(_ gateway: NodeName) { self.gateway = gateway }

    /// Stops the drain, and prints how it stands.
    package func run(_ access: GatewayAccess, format: OutputFormat, to output: Output) async throws -> CommandStatus? {
        let survey = await Survey(access) { try await $0.describe().node }
        for missed in survey.missed { output.note("ferry: \(missed)") }
        guard !survey.found.isEmpty else { return survey.status }
        let address = try survey.address(of: gateway)
        let drain: ReportedDrain
        do {
            drain = try await GatewayClient.connected(to: address, tls: access.tls) { [gateway] client in
                try await client.stopDrain(of: gateway)
            }
        } catch let failure as RequestFailure {
            throw CommandFailure(failure, at: gateway.text)
        }
        output.note(drain.words)
        try output.result(
            Report(name: "drains", columns: drainColumns, items: [Told(drain, by: gateway)]).text(format))
        return nil
    }
}
