package import IPsec

extension PacketEngine {
    /// Holds packets for SAs that will be installed: protected ones by identifier, those that an outbound SA will
    /// protect by its selectors, where no other policy comes before. At most a bounded number for each SA is held; the
    /// oldest are kept.
    package mutating func expect(
        _ identifiers: [SAIdentifier], selectors: [SAIdentifier: [TrafficSelector]]
    ) throws(StackError) {
        for identifier in identifiers where entries[identifier] != nil { throw .identifierInUse(identifier) }
        for identifier in identifiers {
            if held[identifier] == nil { held[identifier] = HeldPackets(limit: configuration.heldPackets) }
            if let traffic = selectors[identifier], !traffic.isEmpty { makeStandIn(for: identifier, traffic) }
        }
    }

    /// Stops holding. What was held goes back to `target` in an IP tunnel, and so does what still comes; or what was
    /// held is lost and counted.
    package mutating func forget(
        _ identifiers: [SAIdentifier], returningTo target: ForwardingTarget?
    ) -> [EngineOutput] {
        var outputs: [EngineOutput] = []
        // What comes under their old names is not for here any more.
        if !oldNames.isEmpty { oldNames = oldNames.filter { !identifiers.contains($0.value.identifier) } }
        for identifier in identifiers {
            guard let waiting = held.removeValue(forKey: identifier) else { continue }
            if let target { forwardings[identifier] = Forwarding(target) } else { removeMadeStandIn(for: identifier) }
            for arrival in waiting.inOrder { forward(arrival, to: target, &outputs) }
        }
        return outputs
    }

    /// The number of packets that wait for the outcome of a move, for all SAs together.
    package var heldCount: Int {
        [held, returned].reduce(0) { $1.values.reduce($0) { $0 + $1.inOrder.count } }
    }

    mutating func hold(_ arrival: Arrival, for identifier: SAIdentifier) {
        let isKept = held[identifier]?.hold(arrival) ?? false
        if !isKept { counters.droppedInMove += 1 }
    }

    /// Processes what waited for an SA that is in force now, stragglers first.
    mutating func release(_ waiting: HeldPackets?, now: Duration, _ outputs: inout [EngineOutput]) {
        for arrival in waiting?.inOrder ?? [] {
            if arrival.origin == .host {
                processOutbound(arrival, now: now, &outputs)
            } else {
                process(arrival, now: now, &outputs)
            }
        }
    }
}
