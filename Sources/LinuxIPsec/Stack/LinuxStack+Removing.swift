package import IPsec

/// SAs that end here.
extension LinuxStack {
    package func remove(_ identifiers: [SAIdentifier], keepsForwarding: Bool) async throws {
        let (gone, isLast) = try end(identifiers, bars: keepsForwarding)
        guard !keepsForwarding else {
            // Where it has not left them, since there were others, nobody else may have claimed them.
            if isLast { await addresses?.leaveAnswered() }
            return
        }
        await gate.drop(identifiers)
        // They ended here, by themselves too, and their peers have to find key management again.
        if gone.isEmpty { await takeBack() }
        if gone.contains(where: { $0.isParked && isVirtual($0) }) { await addresses?.reclaim() }
    }

    package func destroy(_ identifiers: [SAIdentifier]) async throws {
        let (_, isLast) = try end(identifiers, bars: true)
        await gate.drop(identifiers)
        if isLast { await addresses?.leaveAnswered() }
    }

    /// Deletes SAs with the policies that they alone use; gives what they were, and whether the last one is gone with which the
    /// addresses go.
    ///
    /// - Parameter bars: whether what they protected does not leave in the clear either; of those that are out of service it
    ///   never does.
    private func end(
        _ identifiers: [SAIdentifier], bars: Bool
    ) throws -> (gone: [KernelView.Found], isLast: Bool) {
        let now = try look(withCounters: false)
        let (view, wanted) = (now.view, Set(identifiers))
        let gone = view.associations.filter { wanted.contains($0.identifier) }
        let goneByRequest = gone.byRequest
        let others = view.associations.filter { !wanted.contains($0.identifier) }
        let othersByRequest = others.byRequest
        // A policy that others use too is theirs as well, and so is one by which they are to send from now on.
        let used = now.policies.filter { $0.uses(goneByRequest) && !$0.uses(othersByRequest) }
        let inherited = KernelPolicies.inherited(used, from: gone, by: others)
        try check(try database.add(inherited, replaces: true))
        let theirs = Set(inherited.map(KernelPolicies.Place.init))
        let policies = used.filter { !theirs.contains(KernelPolicies.Place($0)) }
        if bars || gone.contains(where: \.isParked) {
            // What still comes for them is passed on or waits for new ones.
            let senders = Dictionary(
                gone.filter { $0.direction == .outbound }.map { ($0.state.requestID, $0.identifier) }
            ) { first, _ in first }
            try check(
                try database.add(
                    KernelPolicies.barriers(insteadOf: policies, senders, .left), replaces: true))
            _ = try database.delete(policies.filter { !$0.isOutwards })
        } else {
            _ = try database.delete(policies)
        }
        _ = try database.delete(gone.map(\.state.name))
        reading = nil
        for identifier in identifiers { known.forget(identifier) }
        // A process that was killed may not have come to it.
        return (gone, haveLastVirtual(gone, of: view))
    }
}
