package import IPsec

extension PacketEngine {
    /// Takes SAs out of service, all or none, and reads their final state, in one step. Packets for them go on to
    /// `target`, unchanged, in an IP tunnel, or are lost and counted where there is none.
    package mutating func quiesce(
        _ identifiers: [SAIdentifier], forwarding target: ForwardingTarget?, now: Duration
    ) throws(StackError) -> [SAIdentifier: DynamicAttributes] {
        for identifier in identifiers {
            guard let entry = entries[identifier] else { throw .noAssociation(identifier) }
            guard entry.isInForce else { throw .wrongPhase(identifier, entry.phase) }
        }
        var states: [SAIdentifier: DynamicAttributes] = [:]
        for identifier in identifiers {
            guard let index = entries.index(forKey: identifier) else { continue }
            entries.values[index].refresh(now)
            entries.values[index].quiesce(forwarding: target)
            states[identifier] = entries.values[index].association.state
        }
        return states
    }

    /// Puts quiesced SAs back in force, all or none, with the state that they had; the pause counts as age. One whose
    /// lifetime ran out meanwhile ends. Then processes what the other gateway gave back.
    package mutating func resume(_ identifiers: [SAIdentifier], now: Duration) throws(StackError) -> [EngineOutput] {
        for identifier in identifiers {
            guard let entry = entries[identifier] else { throw .noAssociation(identifier) }
            guard entry.phase == .quiesced else { throw .wrongPhase(identifier, entry.phase) }
        }
        var outputs: [EngineOutput] = []
        for identifier in identifiers {
            guard let index = entries.index(forKey: identifier) else { continue }
            entries.values[index].resume()
            entries.values[index].refresh(now)
            if let event = entries.values[index].age() { outputs.append(.event(event)) }
            note(entries.values[index].deadline)
        }
        for identifier in identifiers { release(returned.removeValue(forKey: identifier), now: now, &outputs) }
        return outputs
    }

    /// Ends SAs; they, their keys and the policies that use them are gone. If `keepsForwarding`, packets for those
    /// that were quiesced with a target still go there, also the traffic of their policies.
    package mutating func remove(_ identifiers: [SAIdentifier], keepsForwarding: Bool) -> [EngineOutput] {
        var outputs: [EngineOutput] = []
        for identifier in identifiers {
            let entry = entries.removeValue(forKey: identifier)
            let target = keepsForwarding ? entry?.forwarding : nil
            if let entry, let target {
                forwardings[identifier] = Forwarding(target, of: entry.association)
                leaveStandIns(for: identifier)
            } else if !keepsForwarding || entry != nil {
                forwardings[identifier] = nil
                removePolicies(using: identifier)
            }
            let waiting = returned.removeValue(forKey: identifier)
            for arrival in waiting?.inOrder ?? [] { forward(arrival, to: target, &outputs) }
        }
        return outputs
    }
}
