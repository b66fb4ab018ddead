package import IPsec

extension UserspaceStack: IPsecStack {
    package func capabilities() async throws -> StackCapabilities {
        try withEngine { engine, _ in engine.capabilities }
    }

    package func associations() async throws -> [AssociationStatus] {
        try withEngine { engine, now in engine.associations(now: now) }
    }

    package func associations(_ identifiers: [SAIdentifier]) async throws -> [SAIdentifier: AssociationStatus] {
        try withEngine { engine, now in engine.associations(identifiers, now: now) }
    }

    package func policies() async throws -> [Policy] {
        try withEngine { engine, _ in engine.policies }
    }

    package func policies(using identifiers: [SAIdentifier]) async throws -> [Policy] {
        try withEngine { engine, _ in identifiers.flatMap { engine.policies(using: $0) } }
    }

    package func counters() async throws -> StackCounters {
        try withEngine { engine, _ in engine.counters }
    }

    package func install(_ associations: [SecurityAssociation], policies: [Policy]) async throws {
        try process { engine, now throws(StackError) in
            try engine.install(associations, policies: policies, now: now)
        }
    }

    package func turnPolicies(_ changes: [SAIdentifier: SAIdentifier]) async throws {
        try withEngine { engine, _ in engine.turnPolicies(changes) }
    }

    package func quiesce(
        _ identifiers: [SAIdentifier], forwarding: ForwardingTarget?
    ) async throws -> [SAIdentifier: DynamicAttributes] {
        try withEngine { engine, now throws(StackError) in
            try engine.quiesce(identifiers, forwarding: forwarding, now: now)
        }
    }

    package func resume(_ identifiers: [SAIdentifier]) async throws {
        try process { engine, now throws(StackError) in try engine.resume(identifiers, now: now) }
    }

    package func remove(_ identifiers: [SAIdentifier], keepsForwarding: Bool) async throws {
        process { engine, _ in engine.remove(identifiers, keepsForwarding: keepsForwarding) }
    }

    package func check(_ policies: [Policy], of associations: [SecurityAssociation]) async throws {
        try withEngine { engine, _ throws(StackError) in try engine.check(policies) }
    }

    package func expect(
        _ identifiers: [SAIdentifier], selectors: [SAIdentifier: [TrafficSelector]]
    ) async throws {
        try withEngine { engine, _ throws(StackError) in try engine.expect(identifiers, selectors: selectors) }
    }

    package func adopt(_ names: [SAIdentifier: SAIdentifier]) async throws {
        try withEngine { engine, _ in engine.adopt(names) }
    }

    package func retireOldNames(of identifiers: [SAIdentifier]) async throws {
        try withEngine { engine, now in engine.retireOldNames(of: identifiers, now: now) }
    }

    package func update(_ updates: [GatewayUpdate]) async throws {
        try withEngine { engine, _ throws(StackError) in try engine.update(updates) }
    }

    /// Nothing to do: this stack forgets its SAs and where packets go together.
    package func forward(_ identifiers: [SAIdentifier], to target: ForwardingTarget) async throws {}

    package func forget(_ identifiers: [SAIdentifier], returningTo target: ForwardingTarget?) async throws {
        process { engine, _ in engine.forget(identifiers, returningTo: target) }
    }
}
