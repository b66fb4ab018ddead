import Console
package import ForwardingPath
package import GatewayAPI

/// `ferry path seek` at a previous router.
package struct SeekPathSession: Sendable {
    private let wish: PathWish
    private let leader: NodeName

    /// From what the command was told; `leader` is the previous router.
    package init(_ wish: PathWish, via leader: NodeName) { (self.wish, self.leader) = (wish, leader) }

    /// Asks the previous router and prints the path that there is then.
    package func run(_ access: GatewayAccess, format: OutputFormat, to output: Output) async throws -> CommandStatus? {
        let survey = await Survey(access) { try await $0.describe().node }
        for missed in survey.missed { output.note("ferry: \(missed)") }
        guard !survey.found.isEmpty else { return survey.status }
        let address = try survey.address(of: leader)
        let path: ReportedPath
        do {
            path = try await GatewayClient.connected(to: address, tls: access.tls) { [wish] client in
                try await client.seekPath(wish)
            }
        } catch let failure as RequestFailure {
            throw CommandFailure(failure, at: leader.text)
        }
        try output.result(
            Report(name: "paths", columns: pathColumns, items: [Told(path, by: leader)]).text(format))
        return nil
    }
}
