import ForwardingPath
import GatewayAPI
import IPsec

/// How much there is: gateways, the mobile nodes beside them, and SAs, each once although both of its ends tell of it.
/// Made anew only when gateways or SAs have changed.
struct Census {
    /// The gateways that answer now, and all.
    private(set) var gateways = (reached: 0, all: 0)
    /// The mobile nodes whose daemons answer now.
    private(set) var mobileNodes = 0
    /// The SAs that are not ended.
    private(set) var associations = 0
    private var seen: Int?

    /// Takes in what changed.
    mutating func refresh(_ fleet: Fleet) {
        let revision = fleet.revisions.associations + fleet.revisions.gateways
        guard revision != seen else { return }
        seen = revision
        let mirrors = fleet.gateways
        let others = mirrors.filter { $0.description?.role == .mobileNode }
        gateways = (mirrors.count { !$0.isStale } - others.count { !$0.isStale }, fleet.labels.count - others.count)
        mobileNodes = others.count { !$0.isStale }
        guard mirrors.count > 1 else {
            associations = mirrors.first?.associations.liveCount ?? 0
            return
        }
        var live: Set<SAIdentifier> = []
        for mirror in mirrors {
            for identifier in mirror.associations.identifiers where mirror.associations[identifier]?.isLive == true {
                live.insert(identifier)
            }
        }
        associations = live.count
    }

    /// Such as `5 of 5 gateways, 1 mobile node, 2 SAs`.
    var text: String {
        let mobile = mobileNodes == 0 ? "" : Count.of(mobileNodes, "mobile node", "mobile nodes") + ", "
        return "\(gateways.reached) of \(gateways.all) gateways, \(mobile)\(Count.of(associations, "SA", "SAs"))"
    }
}
