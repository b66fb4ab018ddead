internal import Glibc
package import IPsec

extension LinuxStack {
    package func install(_ associations: [SecurityAssociation], policies: [Policy]) async throws {
        // What takes another one's place is used by the same policies until these name it alone.
        let inherited = try inherited(associations.map(\.identifier))
        let requestIDs = Dictionary(
            uniqueKeysWithValues: associations.map { association in
                // What is back where key management has it is as key management made it.
                let own = known.negotiated[association.identifier]?.requestID
                if let requestID = inherited[association.identifier] ?? own {
                    return (association.identifier, requestID)
                }
                defer { nextRequestID &+= 1 }
                return (association.identifier, nextRequestID)
            })
        let now = KernelTime.now
        // What receives first: then no packet is sent whose answer could not be taken.
        let ordered = associations.sorted { $0.direction == .inbound && $1.direction == .outbound }
        let states = ordered.map { XfrmState($0, requestID: requestIDs[$0.identifier] ?? 0, now: now.seconds) }
        let users = Dictionary(associations.map { ($0.identifier, $0) }) { first, _ in first }
        let entries = try policies.flatMap { policy throws(StackError) in
            try KernelPolicies.entries(policy, of: users, requestIDs: requestIDs)
        }
        let replaced = try refuse(entries, besides: Set(inherited.values))
        encapsulation.open(for: states, addresses: settings.addresses)
        reading = nil
        // The policies take the place of those that block until then.
        if let failure = add(states, ordered.map(\.identifier), with: entries) {
            defer { _ = try? database.add(replaced, replaces: true) }
            try undo(states, entries, requestIDs, because: failure)
            throw failure.reason
        }
        for association in associations {
            known.label(association)
            predecessors[association.identifier] = nil
        }
        for policy in policies { known.label(policy) }
        await gate.open(associations.map(\.identifier), at: .now)
    }

    package func quiesce(
        _ identifiers: [SAIdentifier], forwarding: ForwardingTarget?
    ) async throws -> [SAIdentifier: DynamicAttributes] {
        let now = try look(withCounters: false)
        let (view, wanted) = (now.view, Set(identifiers))
        let found = view.associations.filter { wanted.contains($0.identifier) && !$0.isParked }
        if let missing = wanted.subtracting(found.map(\.identifier)).first { throw StackError.noAssociation(missing) }
        let time = KernelTime.now.seconds
        for entry in found {
            if let obstacle = entry.obstacle(now: time)?.obstacle {
                throw StackError.unsupported(entry.identifier, obstacle.reason)
            }
        }
        // Where they stay this gateway goes on answering, and passes on what comes: the taker asks before it claims them. Who knows
        // this gateway for theirs sends to it until the taker tells otherwise.
        let leaves = haveLastVirtual(found, of: view)
        leaving.formUnion(identifiers)
        defer { leaving.subtract(identifiers) }
        if leaves { try? await addresses?.leave() }
        do { try await gate.close(view.ways(of: found)) } catch {
            leaving.subtract(identifiers)
            await takeBack()
            throw error
        }
        do { return try await takeOut(found, now.policies, forwarding: forwarding) } catch {
            // They stay: their packets go on as before.
            _ = try? database.add(KernelPolicies.unbarred(now.policies, of: found), replaces: true)
            await gate.open(found.map(\.identifier), at: .now)
            leaving.subtract(identifiers)
            await takeBack()
            throw error
        }
    }

    /// Takes addresses back that were left too early, for these SAs or for others at the same time. Where SAs are on their way,
    /// and none is in force, they are their taker's.
    func takeBack() async {
        guard let view = try? look(withCounters: false).view else { return }
        let users = view.associations.filter(isVirtual)
        if users.isEmpty || users.contains(where: stays) { await addresses?.reclaim() }
    }

    /// Parks SAs, with what sends through them barred; gives their last state.
    private func takeOut(
        _ found: [KernelView.Found], _ all: [XfrmPolicy], forwarding: ForwardingTarget?
    ) async throws -> [SAIdentifier: DynamicAttributes] {
        let identifiers = found.map(\.identifier)
        let start = KernelTime.now
        // Without its SA a policy that protects would have key management negotiate a new one.
        let barred = KernelPolicies.barred(all, of: found)
        try check(try database.add(barred, replaces: true))
        reading = nil
        let changes = try database.replace(found.map(\.state.name)) { $0.mark = KernelView.parkedMark }
        await gate.cut(identifiers, at: start)
        switch ParkingOutcome(changes) {
        case .parked: break
        case .refused(let code, let nowhere, let parked):
            // All are put back in force, each kind whatever becomes of the other. What was refused may have come nevertheless.
            let isResumed = (try? await resume(parked.map { identifiers[$0] })) != nil
            _ = try? database.delete(nowhere.map { found[$0].state.name.parked })
            let isBack = (try? await putInForce(nowhere.compactMap { changes[$0].end })) != nil
            throw StackError.system(
                "SAs cannot be parked: \(ErrorText.of(code))"
                    + (isResumed && isBack ? "" : "; some are not in force again: look at `ip xfrm state`"))
        case .ended(let place, let parked):
            // Who lost its SA asks key management for a new one, once its policies bar nothing any more.
            try await resume(parked.map { identifiers[$0] })
            throw StackError.noAssociation(identifiers[place])
        }
        var states = [SAIdentifier: DynamicAttributes](minimumCapacity: found.count)
        do {
            for (entry, change) in zip(found, changes) {
                guard let end = change.end else { preconditionFailure("What ended by itself is not parked.") }
                states[entry.identifier] = try SecurityAssociation(
                    end, name: "", user: "", direction: entry.direction, now: start.seconds
                ).state
            }
        } catch {
            try await resume(identifiers)
            throw error
        }
        if let forwarding { await gate.pass(identifiers, to: forwarding) }
        return states
    }

    /// Adds SAs that were taken out of service, with what sends through them and what waits for them; gives them as found.
    func putInForce(_ states: [XfrmState]) async throws -> [KernelView.Found] {
        try check(try database.add(states))
        return try await permit(states)
    }

    /// Lets go out again, through SAs that are in force, what was to wait for them; gives them as found.
    private func permit(_ states: [XfrmState]) async throws -> [KernelView.Found] {
        reading = nil
        let all = try database.policies()
        let found = KernelView(states: states, policies: all, addresses: settings.addresses).associations
        try check(try database.add(KernelPolicies.unbarred(all, of: found), replaces: true))
        await gate.open(found.map(\.identifier), at: .now)
        return found
    }

    package func resume(_ identifiers: [SAIdentifier]) async throws {
        func putBack(_ state: inout XfrmState) {
            state.mark = nil
            state.past.installs += 1
        }
        let changes = try database.replace(identifiers.map { XfrmName($0).parked }, putBack)
        let states = changes.compactMap { change in
            change.end.map { end in
                var state = end
                putBack(&state)
                return state
            }
        }
        let isVirtual = try await permit(states).contains(where: isVirtual)
        // Another gateway may have had them all the time.
        if isVirtual { await addresses?.reclaim() }
        if let missing = zip(identifiers, changes).first(where: { $0.1.end == nil })?.0 {
            throw StackError.wrongPhase(missing, .inForce)
        }
        try check(changes.map(\.code))
    }

    /// Whether the addresses go with these: no other SA in force is at one of them.
    func haveLastVirtual(_ found: [KernelView.Found], of view: KernelView) -> Bool {
        let identifiers = Set(found.map(\.identifier))
        return found.contains(where: isVirtual)
            && !view.associations.contains { !identifiers.contains($0.identifier) && stays($0) && isVirtual($0) }
    }

    /// Whether an SA is in force, and not about to be taken out of service: others may be at the same moment.
    private func stays(_ found: KernelView.Found) -> Bool { !found.isParked && !leaving.contains(found.identifier) }

    /// Whether addresses move with the last such SA: its end is at one of them or, where mobile nodes know gateways by their own
    /// addresses, only those inside move.
    func isVirtual(_ found: KernelView.Found) -> Bool {
        guard let addresses else { return false }
        return addresses.contains(found.direction == .inbound ? found.state.destination : found.state.source)
            || !settings.addresses.contains(where: addresses.contains)
    }

    package func check(_ policies: [Policy], of associations: [SecurityAssociation]) async throws {
        let users = Dictionary(associations.map { ($0.identifier, $0) }) { first, _ in first }
        let entries = try policies.flatMap { policy throws(StackError) in
            try KernelPolicies.entries(policy, of: users, requestIDs: [:])
        }
        try refuse(entries, besides: Set(try inherited(associations.map(\.identifier)).values))
    }

    package func expect(_ identifiers: [SAIdentifier], selectors: [SAIdentifier: [TrafficSelector]]) async throws {
        // What goes through others until these have come goes on as it does.
        let inherited = try inherited(identifiers)
        let selectors = selectors.filter { inherited[$0.key] == nil }
        // What the SAs are to protect does not go out in the clear meanwhile.
        let barriers = try KernelPolicies.barriers(selectors)
        try refuse(barriers)
        try await gate.close(
            identifiers.map { PacketWay(identifier: $0, selectors: selectors[$0] ?? [], refusesCopies: true) })
        // One of SAs that had left, or did not come, may be there, behind everything else.
        guard !barriers.isEmpty else { return }
        let behind = Set(try database.policies().filter { $0.barrierKind == .left }.map(KernelPolicies.Place.init))
        let (others, new) = (
            barriers.filter { behind.contains(KernelPolicies.Place($0)) },
            barriers.filter { !behind.contains(KernelPolicies.Place($0)) }
        )
        // Two moves may expect the same.
        try check(try database.add(new).filter { $0 != EEXIST } + database.add(others, replaces: true))
    }

    package func forget(_ identifiers: [SAIdentifier], returningTo target: ForwardingTarget?) async throws {
        for identifier in identifiers { predecessors[identifier] = nil }
        let wanted = Set(identifiers)
        let barriers = try database.policies().filter { policy in
            policy.barrierKind == .expected && policy.guarded.map(wanted.contains) ?? false
        }
        guard let target else {
            _ = try database.delete(barriers)
            return await gate.drop(identifiers)
        }
        // What they protect may come here as long as this gateway has their addresses: it leaves there, or not at all.
        let codes = try database.add(barriers.map(\.lowered), replaces: true)
        try await forward(identifiers, to: target)
        try check(codes)
    }

    func check(_ codes: [Int32]) throws {
        if let code = codes.first(where: { $0 != 0 }) { throw StackError.system(ErrorText.of(code)) }
    }
}
