import ForwardingPath
import GatewayAPI

extension RouterDaemon {
    /// That there is no such node, and which gateways there are.
    func unknown(_ name: NodeName) -> OperationRefusal {
        let gateways = network.nodes.filter { $0.role.takesAssociations }.map(\.name.text)
        let named = gateways.prefix(Self.namedGateways).joined(separator: ", ")
        let rest = gateways.count > Self.namedGateways ? " and \(gateways.count - Self.namedGateways) more" : ""
        let known = gateways.isEmpty ? "" : ": its gateways are \(named)\(rest)"
        return .notFound("there is no node \(name) in the network\(known)")
    }

    /// How many gateways a sentence names.
    private static let namedGateways = 12
}
