package import IPsec

extension LinuxStack {
    package func turnPolicies(_ changes: [SAIdentifier: SAIdentifier]) async throws {
        let all = try read()
        let places = Dictionary(all.view.associations.map { ($0.identifier, $0) }) { first, _ in first }
        let turns = changes.compactMap { old, new in
            places[old].flatMap { old in
                places[new].map { PolicyTurn(from: old.state, old.direction, to: $0.state) }
            }
        }
        try check(try database.add(PolicyTurn.turned(all.policies, by: turns), replaces: true))
    }

    package func adopt(_ names: [SAIdentifier: SAIdentifier]) async throws {
        let capabilities = try await capabilities()
        if let (old, _) = names.first(where: { !capabilities.takes($0.key, as: $0.value) }) {
            throw StackError.unsupported(old, "its old name, by which packets still come")
        }
        await gate.adopt(names)
    }

    /// How long a packet can be under way, in milliseconds.
    private static let strayLimit: UInt64 = 2_000

    package func retireOldNames(of identifiers: [SAIdentifier]) async throws {
        await gate.retireOldNames(of: identifiers, at: .now.later(milliseconds: Self.strayLimit))
    }

    package func update(_ updates: [GatewayUpdate]) async throws {
        let names = updates.flatMap { [$0.identifier, $0.identifier.named($0.name)] }.map { XfrmName($0) }
        let policies = try database.policies()
        let view = KernelView(
            states: Array(try database.states(named: names).values), policies: policies, addresses: settings.addresses)
        let present = Dictionary(view.associations.map { ($0.identifier, $0) }) { first, _ in first }
        var (renamings, turns): ([KernelRenaming], [PolicyTurn]) = ([], [])
        for update in updates {
            switch try KernelRenaming.standing(update, present) {
            // What uses it may not have been turned before a crash.
            case .done(let found):
                turns.append(
                    PolicyTurn(
                        from: found.state, found.direction, to: found.state, formerly: update.identifier.spi.value))
            case .next(let renaming):
                if let obstacle = renaming.obstacle {
                    throw StackError.unsupported(update.identifier, obstacle.description)
                }
                renamings.append(renaming)
            }
        }
        if !renamings.isEmpty { turns += try await rename(renamings, view, policies) }
        let turned = PolicyTurn.turned(policies, by: turns, unbars: true)
        let places = Set(turned.map(KernelPolicies.Place.init))
        // Those that look at the same address as before do so again.
        let same = KernelPolicies.receiving(policies, of: renamings.map(\.found)).filter {
            !places.contains(KernelPolicies.Place($0))
        }
        try check(try database.add(turned + same, replaces: true))
        await gate.open(renamings.map(\.found.identifier), at: .now)
    }

    /// Takes SAs out of service and puts them back in force under their new names, all or none: numbers and windows go on.
    /// What their policies have to be turned to.
    private func rename(
        _ renamings: [KernelRenaming], _ view: KernelView, _ policies: [XfrmPolicy]
    ) async throws -> [PolicyTurn] {
        let found = renamings.map(\.found)
        try await gate.close(view.ways(of: found))
        reading = nil
        let start = KernelTime.now
        // What comes is taken from the old end and the new one until the policies are turned; and without its SA a policy that
        // protects would have key management negotiate a new one.
        let receiving = KernelPolicies.receiving(policies, of: found)
        let changed = KernelPolicies.opened(receiving) + KernelPolicies.barred(policies, of: found)
        try check(try database.add(changed, replaces: true))
        let byName = Dictionary(renamings.map { ($0.found.state.name, $0) }) { first, _ in first }
        let changes = try database.replace(found.map(\.state.name)) { state in
            if let renaming = byName[state.name] { state = renaming.renamed(state) }
        }
        await gate.cut(found.map(\.identifier), at: start)
        let states = zip(renamings, changes).compactMap { renaming, change in change.end.map(renaming.renamed) }
        guard changes.allSatisfy({ $0.end != nil && $0.code == 0 }) else {
            // One ended by itself in between, or the kernel does not take one: all are what they were.
            let present = changes.filter { $0.end != nil }
            _ = try database.delete(zip(states, present).filter { $0.1.code == 0 }.map(\.0.name))
            _ = try? database.add(receiving, replaces: true)
            _ = try await putInForce(present.compactMap(\.end))
            if let failed = changes.firstIndex(where: { $0.code != 0 }) {
                throw StackError.unsupported(found[failed].identifier, ErrorText.of(changes[failed].code))
            }
            throw StackError.noAssociation(found[changes.firstIndex { $0.end == nil } ?? 0].identifier)
        }
        for (renaming, state) in zip(renamings, states) {
            if let new = SAIdentifier(state) { known.rename(renaming.found.identifier, to: new) }
        }
        return zip(renamings, states).map { renaming, state in
            PolicyTurn(from: renaming.found.state, renaming.found.direction, to: state)
        }
    }
}
