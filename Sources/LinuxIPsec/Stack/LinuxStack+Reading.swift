package import IPsec

extension LinuxStack {
    package func associations() async throws -> [AssociationStatus] {
        let found = try look(withCounters: true).view.associations
        let now = KernelTime.now.seconds
        return found.map { status($0, now: now) }
    }

    package func associations(_ identifiers: [SAIdentifier]) async throws -> [SAIdentifier: AssociationStatus] {
        guard identifiers.count <= Self.few else {
            let wanted = Set(identifiers)
            return statuses(
                try look(withCounters: true).view.associations.filter { wanted.contains($0.identifier) })
        }
        let policies = try look(withCounters: false).policies
        let names = identifiers.flatMap {
            [XfrmName($0), XfrmName($0).parked] + known.foreignNames(of: $0)
        }
        let states = try database.states(named: names)
        return statuses(
            KernelView(states: Array(states.values), policies: policies, addresses: settings.addresses).associations)
    }

    private func statuses(_ associations: [KernelView.Found]) -> [SAIdentifier: AssociationStatus] {
        let now = KernelTime.now.seconds
        var statuses = [SAIdentifier: AssociationStatus](minimumCapacity: associations.count)
        for found in associations { statuses[found.identifier] = status(found, now: now) }
        return statuses
    }

    package func phases(of identifiers: [SAIdentifier]) async throws -> [SAIdentifier: SAPhase] {
        guard identifiers.count > Self.few else { return try await associations(identifiers).mapValues(\.phase) }
        let wanted = Set(identifiers)
        var phases: [SAIdentifier: SAPhase] = [:]
        for found in try look(withCounters: false).view.associations where wanted.contains(found.identifier) {
            phases[found.identifier] = phase(of: found)
        }
        return phases
    }

    private func phase(of found: KernelView.Found) -> SAPhase {
        found.isParked ? .quiesced : known.dying.contains(found.identifier) ? .dying : .inForce
    }

    /// More than so many SAs are read faster with all others than each by itself.
    private static let few = 300

    package func policies() async throws -> [Policy] { named(try look(withCounters: false).view) }

    package func policies(using identifiers: [SAIdentifier]) async throws -> [Policy] {
        let wanted = Set(identifiers)
        // Those for what goes on follow from inbound ones.
        return named(try look(withCounters: false).view).filter { policy in
            !policy.isForwarding && policy.association.map(wanted.contains) ?? false
        }
    }

    /// The policies with the names that they came with, and whose they are by the SAs that they use.
    private func named(_ view: KernelView) -> [Policy] {
        let peers = Dictionary(view.associations.map { ($0.identifier, $0.peer) }) { first, _ in first }
        return view.policies.map { policy in
            var policy = policy
            policy.name = known.name(policy)
            if let identifier = policy.association, let peer = peers[identifier] {
                policy.origin = .user(known.label(identifier, peer: peer).user)
            }
            return policy
        }
    }

    package func counters() async throws -> StackCounters { try KernelCounters.read() }

    package func capabilities() async throws -> StackCapabilities {
        let count = try database.count()
        if suites == nil { suites = try KernelProbe(database: database).suites() }
        let usable = suites ?? []
        var capabilities = StackCapabilities(
            suites: settings.suites?.intersection(usable) ?? usable, modes: Set(ProtocolMode.standard),
            extendedSequenceNumbers: true, largestReplayWindow: ReplayWindow.sizes.upperBound,
            freeCapacity: max(0, settings.capacity - count), egressMTU: settings.egressMTU)
        capabilities.oldNames = .addressesOfESP
        return capabilities
    }

    /// What is shown of an SA, with the reason why it cannot move where it cannot.
    private func status(_ found: KernelView.Found, now: UInt64) -> AssociationStatus {
        let label = known.label(found.identifier, peer: found.peer)
        return found.status(name: label.name, user: label.user, phase: phase(of: found), now: now)
    }
}
