package import IPsec

extension LinuxStack {
    /// Takes up what a process before this one left in the kernel; before anything else is asked of the stack.
    ///
    /// Packets for SAs that are out of service are held again, those for what had been expected leave here no more, and what goes
    /// out through SAs in force does so also where the other process ended just before it took them out of service.
    package func begin() async throws {
        try check(try database.add(KernelPolicies.guards, replaces: true))
        let policies = try database.policies()
        // What had been expected is elsewhere, and does not leave here in the clear.
        try check(
            try database.add(policies.filter { $0.barrierKind == .expected }.map(\.lowered), replaces: true))
        let view = KernelView(states: try database.states(), policies: policies, addresses: settings.addresses)
        let inForce = view.associations.filter { !$0.isParked }
        encapsulation.open(for: inForce.map(\.state), addresses: settings.addresses)
        let parked = view.associations.filter(\.isParked)
        // Also where an SA is nowhere: then key management is asked for a new one, and nothing leaves in the clear.
        let waiting = parked.byRequest
        let barred = policies.filter { policy in
            policy.action == XfrmPolicy.blocks && policy.barrierKind == nil && !policy.templates.isEmpty
                && policy.isOutwards && !policy.uses(waiting)
        }
        let permitted = barred.map { policy in
            var policy = policy
            policy.action = 0
            return policy
        }
        try check(try database.add(permitted, replaces: true))
        // To try out all algorithms takes long the first time.
        _ = try await capabilities()
        try await gate.close(view.ways(of: parked))
        await gate.cut(parked.map(\.identifier), at: .now)
        // The other process may have ended just after it left the addresses, or before it had them back.
        if inForce.contains(where: isVirtual) { await addresses?.reclaim() }
    }

    /// Has packets for SAs that went to another gateway, are about to, or did not come from there, go there also after a restart.
    package func forward(_ identifiers: [SAIdentifier], to target: ForwardingTarget) async throws {
        let wanted = Set(identifiers)
        var selectors: [SAIdentifier: [TrafficSelector]] = [:]
        let policies = try database.policies()
        // Key management here may have made SAs for some of it meanwhile.
        let own = policies.filter { $0.isOutwards && $0.action == 0 && !$0.templates.isEmpty }.compactMap {
            try? $0.selector.carried
        }
        for policy in policies where policy.barrierKind == .left {
            guard let identifier = policy.guarded, wanted.contains(identifier),
                let packets = try? policy.selector.carried, !own.contains(where: packets.holds)
            else { continue }
            selectors[identifier, default: []].append(packets)
        }
        // What is out of service here is held already.
        try await gate.close(
            identifiers.map { PacketWay(identifier: $0, selectors: selectors[$0] ?? [], refusesCopies: true) })
        await gate.pass(identifiers, to: target)
    }
}

extension TrafficSelector {
    /// Whether the other one's addresses are all among these.
    fileprivate func holds(_ other: TrafficSelector) -> Bool {
        source.holds(other.source) && destination.holds(other.destination)
    }
}

extension AddressRange {
    fileprivate func holds(_ other: AddressRange) -> Bool { contains(other.lower) && contains(other.upper) }
}
