import ContextTransfer
import ForwardingPath
import IPsec

extension ShownFields {
    mutating func add(_ question: PathQuestion) {
        add(question.plane, question.previous)
        for (index, known) in question.associations.enumerated() {
            add(known.summary, index)
            add("index", index)
            add("place.gateway", known.place.text)
            if let farPlace = known.farPlace { add("place.far", farPlace.text) }
        }
        for profile in question.profiles { add(profile) }
    }

    mutating func add(_ plane: Plane, _ nodes: [NodeName]) {
        let planes: [Plane] = [.data, .control, .management]
        add("path.plane", (planes.firstIndex(of: plane) ?? -1) + 1)
        add("count", nodes.count)
        for node in nodes { add("path.node", node.text) }
    }

    mutating func add(_ summary: AssociationSummary, _ index: Int) {
        add("index", index)
        add(summary.offer)
        add("index", index)
        add("sa.source", summary.source)
        add("sa.direction", summary.direction.rawValue)
        add(text: summary.user, "sa.user")
        if let pathMTU = summary.pathMTU { add("origin.path_mtu", pathMTU) }
        if let octets = summary.contextOctets { add("origin.context_octets", octets) }
        add(summary.selectors)
        guard let obstacle = summary.obstacle else { return }
        add("origin.obstacle.renewable", obstacle.endsWithRenewal ? 1 : 0)
        add(text: obstacle.reason, "origin.obstacle")
    }
}
