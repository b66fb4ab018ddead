package import IPsec

extension PacketEngine {
    /// Holds packets for SAs that will be installed: protected ones by identifier, those that an outbound SA will
    /// protect by its selectors. At most a bounded number for each SA is held; the oldest are kept.
    package mutating func expect(
        _ identifiers: [SAIdentifier], selectors: [SAIdentifier: [TrafficSelector]]
    ) throws(StackError) {
        for identifier in identifiers where entries[identifier] != nil { throw .identifierInUse(identifier) }
        for identifier in identifiers {
            if held[identifier] == nil { held[identifier] = HeldPackets(limit: configuration.heldPackets) }
            if let traffic = selectors[identifier], !traffic.isEmpty { expectedTraffic[identifier] = traffic }
        }
    }

    /// Stops holding. What was held goes back to `target` in an IP tunnel, or is lost and counted.
    package mutating func forget(
        _ identifiers: [SAIdentifier], returningTo target: ForwardingTarget?
    ) -> [EngineOutput] {
        var outputs: [EngineOutput] = []
        for arrival in identifiers.flatMap({ takeHeld($0) }) {
            // It may well have come from there: this is the way back, not a loop.
            let returned = Arrival(arrival.packet, realm: arrival.realm, origin: .wire)
            forward(returned, to: target, &outputs)
        }
        return outputs
    }

    /// The number of packets that are held, for all SAs together.
    package var heldCount: Int { held.values.reduce(0) { $0 + $1.inOrder.count } }

    /// The outbound SA whose arrival this packet has to wait for.
    func expected(_ description: PacketDescription) -> SAIdentifier? {
        guard !expectedTraffic.isEmpty else { return nil }
        return expectedTraffic.filter { $0.value.contains { $0.matches(description) } }.keys.min()
    }

    mutating func hold(_ arrival: Arrival, for identifier: SAIdentifier) {
        let isKept = held[identifier]?.hold(arrival) ?? false
        if !isKept { counters.droppedInMove += 1 }
    }

    /// Ends holding for one SA; gives back what was held, stragglers first.
    mutating func takeHeld(_ identifier: SAIdentifier) -> [Arrival] {
        expectedTraffic[identifier] = nil
        return held.removeValue(forKey: identifier)?.inOrder ?? []
    }
}
