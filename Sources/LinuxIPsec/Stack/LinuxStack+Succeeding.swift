package import IPsec

extension LinuxStack {
    package func succeed(_ successions: [SAIdentifier: SAIdentifier]) async {
        predecessors.merge(successions) { _, new in new }
    }

    /// The request IDs of those here whose place these take.
    func inherited(_ identifiers: [SAIdentifier]) throws -> [SAIdentifier: UInt32] {
        let old = identifiers.compactMap { identifier in predecessors[identifier].map { (identifier, XfrmName($0)) } }
        guard !old.isEmpty else { return [:] }
        let states = try database.states(named: old.map(\.1))
        return Dictionary(
            old.compactMap { identifier, name in states[name].map { (identifier, $0.requestID) } }
        ) { first, _ in first }
    }

    /// Throws where somebody else's policy is for the same packets; gives those of SAs whose place others take.
    @discardableResult
    func refuse(_ entries: [XfrmPolicy], besides inherited: Set<UInt32> = []) throws -> [XfrmPolicy] {
        guard !entries.isEmpty else { return [] }
        let wanted = Set(entries.map(KernelPolicies.Place.init))
        let present = try database.policies().filter {
            $0.barrierKind == nil && wanted.contains(KernelPolicies.Place($0))
        }
        if let other = present.first(where: { !$0.templates.contains { inherited.contains($0.requestID) } }) {
            throw StackError.policyInUse("\(other.selector)")
        }
        return present
    }

    package func loosen(_ identifiers: [SAIdentifier]) async throws {
        let requestIDs = Set(try database.states(named: identifiers.map { XfrmName($0) }).values.map(\.requestID))
        let used = try database.policies().filter { policy in
            !policy.isOutwards
                && policy.templates.contains { $0.requestID != 0 && requestIDs.contains($0.requestID) }
        }
        for policy in used { tight[KernelPolicies.Place(policy)] = policy }
        let loose = used.map { policy in
            var policy = policy
            // The ends are looked at as before; 0 is any request ID.
            for index in policy.templates.indices { policy.templates[index].requestID = 0 }
            return policy
        }
        reading = nil
        try check(try database.add(loose, replaces: true))
    }

    package func tighten(_ identifiers: [SAIdentifier]) async throws {
        let loose = try database.policies().filter { policy in
            tight[KernelPolicies.Place(policy)] != nil && policy.templates.contains { $0.requestID == 0 }
        }
        reading = nil
        try check(try database.add(loose.compactMap { tight[KernelPolicies.Place($0)] }, replaces: true))
        tight = [:]
    }
}
