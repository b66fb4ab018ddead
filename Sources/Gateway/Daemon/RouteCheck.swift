package import ContextTransfer
package import ForwardingPath

/// Whether moves that others speak of belong to the paths that a daemon knows: a certificate says that a node is a router,
/// and not that it is the previous or the new one of anybody's path.
package enum RouteCheck {
    /// Why the parties of a move that is not known here are no such parties, as a sentence without full stop; `nil` when
    /// they may be, and for messages by which nothing begins: those only tell, or ask, how a move stands.
    ///
    /// The previous and the new router must be those of one change of a path, which may go back once it was made, the
    /// holder a node of the path that is left and the taker one of the other. Where only the path in use is known, the
    /// previous router and the holder must be on it; but no mobile node takes another gateway for its own then. A daemon
    /// without any path can know nothing of it.
    package static func problem(with envelope: MoveEnvelope, network: Network) -> String? {
        guard !network.paths.isEmpty else { return nil }
        let route = envelope.route
        switch envelope.message {
        case .survey, .surveyed:
            guard !network.paths.contains(where: { $0.nodes.contains(route.source) }) else { return nil }
            return "\(route.source) is on no path that is known here"
        case .query, .request, .collect, .prepare, .quiesce, .transfer, .update:
            let isTold = if case .update = envelope.message { true } else { false }
            guard !network.changes.contains(where: { $0.fits(route, network, isWhole: isTold) }) else { return nil }
            return "no path that is known here changes from \(route.source) to \(route.target) with SAs that go from "
                + "\(route.holder) to \(route.taker)"
        case .cancel, .inquire, .destroy, .abandon, .release, .answer, .approved, .prepared, .settled, .redirected,
            .destroyed, .released, .updated, .collected, .closed, .refused, .seek, .found:
            // A new router looks itself for whose path it is asked to seek.
            return nil
        }
    }

    /// The same for SAs that one gateway has another one negotiate anew.
    static func problem(orderedBy holder: NodeName, to taker: NodeName, network: Network) -> String? {
        let isKnown = network.changes.contains { change in
            change.previous.contains(holder) && change.next?.contains(taker) ?? true
        }
        guard !network.paths.isEmpty, !isKnown else { return nil }
        return "no path that is known here has SAs go from \(holder) to \(taker)"
    }
}

extension Network {
    /// The changes that paths may make: as they are given, and back again.
    fileprivate var changes: [PathPair] { paths + paths.compactMap(\.reversed) }
}

extension PathPair {
    fileprivate var nodes: [NodeName] { previous + (next ?? []) }

    /// Whether a move with those parties is one of this change; with `isWhole` only where all of the change is known.
    fileprivate func fits(_ route: MoveRoute, _ network: Network, isWhole: Bool) -> Bool {
        guard previousRouter == route.source, previous.contains(route.holder),
            route.mobile.map({ nodes.contains(network.seat(of: $0)) }) ?? true
        else { return false }
        guard let next else { return !isWhole }
        return nextRouter == route.target && next.contains(route.taker)
    }
}
