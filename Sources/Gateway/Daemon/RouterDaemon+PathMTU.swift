import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

extension RouterDaemon {
    /// Adds to a plan's entry by what path MTU its sender goes now, and will go at the new gateway, as far as the links
    /// that the network file names tell. An SA that is received here has none.
    static func add(pathMTUOf association: AssociationSummary, to entry: inout ReportedPlanEntry, _ network: Network) {
        guard association.direction == .outbound else { return }
        add(pathMTU: association.pathMTU.map { PathMTU(octets: $0) }, to: &entry, network)
    }

    /// The same, with the age of what was learned.
    static func add(pathMTUOf association: SecurityAssociation, to entry: inout ReportedPlanEntry, _ network: Network) {
        guard association.direction == .outbound else { return }
        add(pathMTU: association.state.pathMTU, to: &entry, network)
    }

    private static func add(pathMTU learned: PathMTU?, to entry: inout ReportedPlanEntry, _ network: Network) {
        entry.pathMTUBefore = learned?.octets
        guard entry.action == .move, let move = entry.relocations.last else { return }
        if learned == nil { entry.pathMTUBefore = network.egressMTU(of: move.from) }
        guard let egress = network.egressMTU(of: move.to) else { return }
        entry.pathMTUAfter = PathMTU.afterMove(learned: learned, egress: egress).octets
    }
}
