package import IPsec

extension PacketEngine {
    /// Puts SAs with their policies in force, all or none, each with the numbers and windows in its state; then
    /// processes what was held for them, the old gateway's packets first.
    ///
    /// From then on nothing is forwarded for these SAs any more, so that moving back does not loop.
    package mutating func install(
        _ associations: [SecurityAssociation], policies: [Policy], now: Duration
    ) throws(StackError) -> [EngineOutput] {
        let new = try checked(associations, now: now)
        try check(policies)
        for (association, entry) in zip(associations, new) {
            entries[association.identifier] = entry
            forwardings[association.identifier] = nil
            removeStandIns(for: association.identifier)
            note(entry.deadline)
        }
        for policy in policies { insert(policy) }
        var outputs: [EngineOutput] = []
        for association in associations {
            release(held.removeValue(forKey: association.identifier), now: now, &outputs)
        }
        return outputs
    }

    /// Makes the owner wake up by `deadline`.
    mutating func note(_ deadline: Duration?) {
        guard let deadline else { return }
        nextDeadline = min(nextDeadline ?? deadline, deadline)
    }

    private func checked(
        _ associations: [SecurityAssociation], now: Duration
    ) throws(StackError) -> [SADEntry] {
        guard entries.count + associations.count <= configuration.capacity else {
            throw .full(capacity: configuration.capacity)
        }
        var seen: Set<SAIdentifier> = []
        var new: [SADEntry] = []
        for association in associations {
            let identifier = association.identifier
            guard entries[identifier] == nil, seen.insert(identifier).inserted else {
                throw .identifierInUse(identifier)
            }
            if let lacking = lacking(for: association) { throw .unsupported(identifier, lacking) }
            guard let entry = SADEntry(association, now: now) else {
                throw .unsupported(identifier, "its algorithms, addresses or encapsulation do not fit its protocol")
            }
            new.append(entry)
        }
        return new
    }

    /// What an SA needs and cannot have here.
    private func lacking(for association: SecurityAssociation) -> String? {
        let (attributes, state) = (association.attributes, association.state)
        if !configuration.suites.contains(attributes.keys.suite) { return "no \(attributes.keys.suite.name) here" }
        if attributes.hardLifetime.isReached(by: state.use) { return "its hard lifetime is reached" }
        switch association.direction {
        case .outbound where state.lastSent >= .last(extended: attributes.extendedSequenceNumbers):
            return "its sequence numbers are used up"
        case .inbound where attributes.replayWindowSize != nil && state.window == nil:
            return "its replay window is missing"
        case .inbound where attributes.extendedSequenceNumbers && state.window == nil:
            // RFC 4303 section 3.4.3: the high half cannot be known without a window.
            return "extended sequence numbers need anti-replay"
        case .inbound, .outbound:
            return nil
        }
    }
}
