import Console
package import ForwardingPath
import GatewayAPI

/// `ferry path set` at gateways.
package struct SetPathSession: Sendable {
    private let path: PathPair

    /// From what the command was told.
    package init(_ path: PathPair) { self.path = path }

    /// Tells all gateways and prints what they took.
    package func run(_ access: GatewayAccess, format: OutputFormat, to output: Output) async throws -> CommandStatus? {
        let survey = await Survey(access) { [path] client in
            // Asked first: one that took the paths is not to be told as missed because of another question.
            let node = try await client.describe().node
            return Told(try await client.setPath(path), by: node)
        }
        for missed in survey.missed { output.note("ferry: \(missed)") }
        if !survey.found.isEmpty {
            let report = Report(
                name: "paths", columns: pathColumns, items: survey.found.map(\.answer), missed: survey.missed)
            try output.result(report.text(format))
        }
        return survey.status
    }
}
