package import ForwardingPath
package import GatewayAPI

extension RouterDaemon {
    package func setPath(_ path: PathPair, by caller: Caller) async throws(OperationRefusal) -> ReportedPath {
        let nodes = path.previous + (path.next ?? [])
        if let unknown = nodes.first(where: { network.node($0) == nil }) {
            throw self.unknown(unknown)
        }
        guard path.previous.count >= 2 else { throw .notPossible("a path has two ends at least: MN and RN") }
        if case .undefined(let fault) = GatewayLocation(of: path) { throw .notPossible("\(fault)") }
        await adopt(network.replacing(path))
        await report(
            .audit, by: caller.name, action: "paths", command: "ferry path set \(path.arguments)",
            text: "gives the \(path.plane.rawValue) plane other paths, until the network file is read anew")
        return ReportedPath(path, in: network)
    }
}

extension PathPair {
    /// As `ferry path set` takes it.
    var arguments: String {
        func list(_ nodes: [NodeName]) -> String { nodes.map(\.text).joined(separator: ",") }
        return "--plane \(plane.rawValue) --previous \(list(previous))" + (next.map { " --next \(list($0))" } ?? "")
    }
}
