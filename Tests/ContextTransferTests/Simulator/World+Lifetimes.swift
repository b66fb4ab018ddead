import ContextTransfer
import ForwardingPath
import IPsec

/// What becomes of SAs by themselves, and what their gateways do about it.
extension World {
    /// Where the numbers of a key are counted.
    mutating func flow(of keys: KeyedSuite) -> Int {
        if let index = flows.firstIndex(where: { $0.keys == keys }) { return index }
        flows.append(SimulatedFlow(keys: keys))
        return flows.count - 1
    }

    /// Puts an SA in force at a node, and looks to its lifetimes.
    mutating func add(_ association: SimulatedSA, at node: SimulatedNode) {
        node.stack.add(association)
        isChanged = true
        let attributes = association.association.attributes
        if attributes.softLifetime.isReached(by: association.state(at: now).use) { association.phase = .dying }
        for end in [attributes.softLifetime, attributes.hardLifetime].compactMap(association.end(of:))
        where end < Self.faultsEnd * 4 {
            events.add(.age(node, association), at: max(now, end))
        }
    }

    mutating func remove(_ place: SAPlace, at node: SimulatedNode) {
        node.stack.remove(place)
        isChanged = true
    }

    /// What the lifetimes of an SA say now, where it is in force. A kernel's SA ends also where the daemon is down.
    mutating func age(_ association: SimulatedSA, at node: SimulatedNode) {
        guard association.isInForce, node.stack[association.place] === association else { return }
        let attributes = association.association.attributes
        let use = association.state(at: now).use
        let place = association.place
        if attributes.hardLifetime.isReached(by: use) {
            note("\(node.name): \(place) reached its hard lifetime")
            association.phase = .ended
            isChanged = true
            guard node.isAlive else { return node.stack.remove(place) }
            if sabotage != .expiryNotReported { told.insert(place) }
            node.owned.remove(place)
            renew(place, at: node)
            events.add(.changed(node, [place], .expired), at: now)
        } else if association.phase == .inForce, attributes.softLifetime.isReached(by: use) {
            note("\(node.name): \(place) reached its soft lifetime")
            association.phase = .dying
            if association.association.direction == .outbound { renew(place, at: node) }
        }
    }

    /// SAs that came to a gateway with their soft lifetime reached told so where they were before.
    mutating func renewDying(_ places: [SAPlace], at node: SimulatedNode) {
        for association in places.compactMap({ node.stack[$0] })
        where association.phase == .dying && association.association.direction == .outbound {
            renew(association.place, at: node)
        }
    }

    /// SAs of a node were changed, rekeyed or ended: moves that have not taken them out of service end.
    mutating func associationsChanged(_ places: Set<SAPlace>?, _ reason: MoveReason, at node: SimulatedNode) {
        guard node.isAlive else { return }
        if sabotage != .changeDoesNotCancel {
            for id in node.holders.keys.sorted() {
                guard let move = move(id), places.map({ !$0.isDisjoint(with: move.places) }) ?? true else { continue }
                feed(.holder(.associationChanged(reason)), move, at: node)
            }
        }
        if reason == .expired, let places { forgetArrivals(of: places, at: node) }
    }

    /// SAs that moves brought here have ended: it is noted, so that no restart misses them.
    func forgetArrivals(of places: Set<SAPlace>, at node: SimulatedNode) {
        for (key, entry) in node.journal where key.role == .taker && entry.record == .released {
            let here = entry.move.places.filter { node.stack[$0]?.installedBy == key.id }
            if here.allSatisfy(places.contains), !here.isEmpty { node.journal[key]?.record = .lost }
        }
    }
}
