internal import Glibc
package import IPsec

/// The Linux kernel's SAD and SPD.
///
/// The kernel is the vault: what this process knows beside it are names. An SA that is out of service is there in a parked
/// form that no packet matches, so that a daemon that was restarted can put it back or end it.
package actor LinuxStack: IPsecStack {
    package nonisolated let events: AsyncStream<StackEvent>
    private let telling: AsyncStream<StackEvent>.Continuation
    let database: XfrmDatabase
    let gate: any PacketGate
    private let addresses: VirtualAddresses?
    let settings: LinuxStackSettings
    let encapsulation = EncapsulationSockets()
    private var known = KernelAssociations()
    private var nextRequestID: UInt32
    /// What the kernel was found to have; `nil` before it was asked.
    private var suites: Set<AlgorithmSuite>?

    /// Throws where the kernel has no XFRM, or the process may not change it.
    ///
    /// - Parameter addresses: those that go with the last SA, and come back with the first.
    package init(
        _ settings: LinuxStackSettings, gate: any PacketGate, addresses: VirtualAddresses? = nil
    ) throws(NetlinkError) {
        (self.settings, self.gate, self.addresses) = (settings, gate, addresses)
        database = try XfrmDatabase()
        (events, telling) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(100_000))
        let states = try database.states()
        encapsulation.open(for: states, addresses: settings.addresses)
        let used =
            try states.map(\.requestID) + database.policies().flatMap { $0.templates.map(\.requestID) }
        nextRequestID = (used.filter(settings.requestIDs.contains).max() ?? settings.requestIDs.lowerBound) &+ 1
    }

    /// A person's word for an SA, and whose it is.
    package struct Label: Hashable, Sendable {
        package var name: String
        package var user: String

        package init(name: String, user: String) { (self.name, self.user) = (name, user) }
    }

    /// Takes in what key management calls its SAs. One that came with a move has the name that it had before.
    package func name(_ labels: [SAIdentifier: Label]) { known.negotiated = labels }

    /// Tells of lifetimes, until the task is cancelled.
    package func run() async throws {
        let monitor = try XfrmMonitor()
        let (told, telling) = AsyncStream.makeStream(of: XfrmEvent.self, bufferingPolicy: .bufferingNewest(100_000))
        await withDiscardingTaskGroup { group in
            group.addTask { await OwnThread.run { isOver in monitor.read(until: isOver) { telling.yield($0) } } }
            for await event in told { take(event) }
            group.cancelAll()
        }
        self.telling.finish()
    }

    private func take(_ event: XfrmEvent) {
        switch event {
        case .expired(let state, let isHard):
            guard state.mark != KernelView.parkedMark, let identifier = SAIdentifier(state) else { return }
            if isHard {
                known.forget(identifier)
                telling.yield(.ended(identifier, .hardLifetime))
            } else if known.isDying(identifier) {
                telling.yield(.softLifetimeReached(identifier))
            }
        case .overrun:
            // Those whose lifetime passed unheard are found by their age and use.
            let now = KernelTime.now.seconds
            for state in (try? database.states()) ?? [] where state.softLifetimeIsReached(now: now) {
                guard let identifier = SAIdentifier(state), known.isDying(identifier) else { continue }
                telling.yield(.softLifetimeReached(identifier))
            }
        }
    }

    // MARK: Reading

    package func associations() async throws -> [AssociationStatus] {
        try view().associations.compactMap(status)
    }

    package func associations(_ identifiers: [SAIdentifier]) async throws -> [SAIdentifier: AssociationStatus] {
        let names = identifiers.flatMap { [XfrmName($0), XfrmName($0, mark: KernelView.parkedMark)] }
        let states = try database.states(named: names)
        let view = KernelView(
            states: Array(states.values), policies: try database.policies(), addresses: settings.addresses)
        var found: [SAIdentifier: AssociationStatus] = [:]
        for entry in view.associations { found[entry.identifier] = status(entry) }
        return found
    }

    package func policies() async throws -> [Policy] { named(try view().policies) }

    package func policies(using identifiers: [SAIdentifier]) async throws -> [Policy] {
        let wanted = Set(identifiers)
        return named(try view().policies.filter { $0.association.map(wanted.contains) ?? false })
    }

    /// Policies with the names that they came with.
    private func named(_ policies: [Policy]) -> [Policy] {
        policies.map { policy in
            var policy = policy
            policy.name = known.name(policy)
            return policy
        }
    }

    package func counters() async throws -> StackCounters { try KernelCounters.read() }

    package func capabilities() async throws -> StackCapabilities {
        let count = try database.count()
        if suites == nil { suites = try KernelProbe(database: database).suites() }
        let usable = suites ?? []
        return StackCapabilities(
            suites: settings.suites?.intersection(usable) ?? usable, modes: Set(ProtocolMode.allCases),
            extendedSequenceNumbers: true, largestReplayWindow: ReplayWindow.sizes.upperBound,
            freeCapacity: max(0, settings.capacity - count), egressMTU: settings.egressMTU)
    }

    private func view() throws -> KernelView {
        KernelView(
            states: try database.states(), policies: try database.policies(), addresses: settings.addresses)
    }

    private func status(_ found: KernelView.Found) -> AssociationStatus? {
        var state = found.state
        if found.isParked { state.mark = nil }
        let label = known.label(found.identifier, peer: found.peer)
        guard
            let association = try? SecurityAssociation(
                state, name: label.name, user: label.user, direction: found.direction, now: KernelTime.now.seconds)
        else { return nil }
        var counters = SACounters()
        (counters.packets, counters.bytes) = (state.use.packets, state.use.bytes)
        counters.replays = UInt64(state.statistics.outsideWindow) + UInt64(state.statistics.replayed)
        counters.integrityFailures = UInt64(state.statistics.integrityFailed)
        return AssociationStatus(
            association: association,
            phase: found.isParked ? .quiesced : known.dying.contains(found.identifier) ? .dying : .inForce,
            counters: counters)
    }

    // MARK: Moving

    package func install(_ associations: [SecurityAssociation], policies: [Policy]) async throws {
        let requestIDs = Dictionary(
            uniqueKeysWithValues: associations.map { association in
                defer { nextRequestID &+= 1 }
                return (association.identifier, nextRequestID)
            })
        let now = KernelTime.now
        // What receives first: then no packet is sent whose answer could not be taken.
        let ordered = associations.sorted { $0.direction == .inbound && $1.direction == .outbound }
        let states = ordered.map { XfrmState($0, requestID: requestIDs[$0.identifier] ?? 0, now: now.seconds) }
        let entries = try policies.flatMap { policy throws(StackError) in
            try KernelPolicies.entries(policy, of: associations, requestIDs: requestIDs)
        }
        try refuse(entries)
        // The policies take the place of those that block until then.
        encapsulation.open(for: states, addresses: settings.addresses)
        let codes = try database.add(states, with: entries)
        let isRefused = codes.states.firstIndex { $0 != 0 }
        if isRefused != nil || codes.policies.contains(where: { $0 != 0 }) {
            try undo(states, entries, codes, requestIDs)
            guard let isRefused else {
                let code = codes.policies.first { $0 != 0 } ?? 0
                throw StackError.system("a policy is not taken: \(ErrorText.of(code))")
            }
            throw codes.states[isRefused] == EEXIST
                ? StackError.identifierInUse(ordered[isRefused].identifier)
                : .unsupported(ordered[isRefused].identifier, ErrorText.of(codes.states[isRefused]))
        }
        for association in associations { known.label(association) }
        for policy in policies { known.label(policy) }
        await gate.open(associations.map(\.identifier), at: .now)
    }

    /// Takes away what of an install that failed is there; what was to be protected does not go out in the clear.
    private func undo(
        _ states: [XfrmState], _ entries: [XfrmPolicy], _ codes: (states: [Int32], policies: [Int32]),
        _ requestIDs: [SAIdentifier: UInt32]
    ) throws {
        let added = zip(entries, codes.policies).filter { $0.1 == 0 }.map(\.0)
        let senders = Dictionary(requestIDs.map { ($1, $0) }) { first, _ in first }
        _ = try database.add(KernelPolicies.barriers(insteadOf: added, senders, .expected), replaces: true)
        _ = try database.delete(added.filter { $0.direction != KernelView.outwards })
        _ = try database.delete(zip(states, codes.states).filter { $0.1 == 0 }.map(\.0.name))
    }

    /// Throws where somebody else's policy is for the same packets.
    func refuse(_ entries: [XfrmPolicy]) throws {
        let present = try database.policies().filter { $0.barrierKind == nil }
        let places = Set(present.map(KernelPolicies.Place.init))
        if let entry = entries.first(where: { places.contains(KernelPolicies.Place($0)) }) {
            throw StackError.policyInUse("\(entry.selector)")
        }
    }

    package func quiesce(
        _ identifiers: [SAIdentifier], forwarding: ForwardingTarget?
    ) async throws -> [SAIdentifier: DynamicAttributes] {
        let all = try database.policies()
        let view = KernelView(states: try database.states(), policies: all, addresses: settings.addresses)
        let wanted = Set(identifiers)
        let found = view.associations.filter { wanted.contains($0.identifier) && !$0.isParked }
        if let missing = wanted.subtracting(found.map(\.identifier)).first { throw StackError.noAssociation(missing) }
        for entry in found where status(entry) == nil {
            throw StackError.unsupported(entry.identifier, "what the kernel has of it cannot be carried")
        }
        try await gate.close(found.map { way($0, view) })
        let start = KernelTime.now
        // Without its SA a policy that protects would have key management negotiate a new one.
        let barred = KernelPolicies.barred(all, of: found)
        try check(try database.add(barred, replaces: true))
        let changes = try database.replace(found.map(\.state.name)) { $0.mark = KernelView.parkedMark }
        let taken = zip(found, changes).compactMap { entry, change in
            change.end.map { (entry: entry, state: $0, code: change.code) }
        }
        await gate.cut(identifiers, at: start)
        if let code = taken.first(where: { $0.code != 0 })?.code {
            // One cannot be parked, and was not: all are put back in force.
            _ = try await putInForce(taken.filter { $0.code != 0 }.map(\.state))
            try await resume(taken.filter { $0.code == 0 }.map(\.entry.identifier))
            throw StackError.system("SAs cannot be parked: \(ErrorText.of(code))")
        }
        guard taken.count == found.count else {
            // One ended by itself in between: all or none.
            let names = taken.map(\.entry.identifier)
            try await resume(names)
            throw StackError.noAssociation(wanted.subtracting(names).min() ?? identifiers[0])
        }
        var states: [SAIdentifier: DynamicAttributes] = [:]
        for (entry, state, _) in taken {
            let label = known.label(entry.identifier, peer: entry.peer)
            states[entry.identifier] = try SecurityAssociation(
                state, name: label.name, user: label.user, direction: entry.direction, now: start.seconds
            ).state
        }
        if let forwarding { await gate.pass(identifiers, to: forwarding) }
        let isLast = !view.associations.contains {
            !wanted.contains($0.identifier) && !$0.isParked && isVirtual($0)
        }
        if isLast, found.contains(where: isVirtual) { try await addresses?.leave() }
        return states
    }

    /// Adds SAs that were taken out of service, with what sends through them and what waits for them; gives them as found.
    private func putInForce(_ states: [XfrmState]) async throws -> [KernelView.Found] {
        try check(try database.add(states))
        return try await permit(states)
    }

    /// Lets go out again, through SAs that are in force, what was to wait for them; gives them as found.
    private func permit(_ states: [XfrmState]) async throws -> [KernelView.Found] {
        let all = try database.policies()
        let found = KernelView(states: states, policies: all, addresses: settings.addresses).associations
        try check(try database.add(KernelPolicies.unbarred(all, of: found), replaces: true))
        await gate.open(found.map(\.identifier), at: .now)
        return found
    }

    package func resume(_ identifiers: [SAIdentifier]) async throws {
        let changes = try database.replace(identifiers.map { XfrmName($0, mark: KernelView.parkedMark) }) {
            $0.mark = nil
        }
        let states = changes.compactMap { change in
            var state = change.end
            state?.mark = nil
            return state
        }
        let found = try await permit(states)
        if found.contains(where: isVirtual) { try await addresses?.claim() }
        if let missing = zip(identifiers, changes).first(where: { $0.1.end == nil })?.0 {
            throw StackError.wrongPhase(missing, .inForce)
        }
        try check(changes.map(\.code))
    }

    /// Whether this gateway's end of an SA is at an address that moves.
    private func isVirtual(_ found: KernelView.Found) -> Bool {
        addresses?.contains(found.direction == .inbound ? found.state.destination : found.state.source) ?? false
    }

    package func remove(_ identifiers: [SAIdentifier], keepsForwarding: Bool) async throws {
        let view = try view()
        let wanted = Set(identifiers)
        let gone = view.associations.filter { wanted.contains($0.identifier) }
        let requestIDs = Set(gone.map(\.state.requestID))
        let others = Set(view.associations.filter { !wanted.contains($0.identifier) }.map(\.state.requestID))
        // A request ID that others have too is theirs as well, and so are its policies.
        let policies = try database.policies().filter { policy in
            policy.templates.contains { requestIDs.contains($0.requestID) && !others.contains($0.requestID) }
        }
        if keepsForwarding {
            // What still comes for them is passed on, and does not leave in the clear.
            let senders = Dictionary(
                gone.filter { $0.direction == .outbound }.map { ($0.state.requestID, $0.identifier) }
            ) { first, _ in first }
            try check(
                try database.add(
                    KernelPolicies.barriers(insteadOf: policies, senders, .left), replaces: true))
            _ = try database.delete(policies.filter { $0.direction != KernelView.outwards })
        } else {
            _ = try database.delete(policies)
        }
        _ = try database.delete(gone.map(\.state.name))
        for identifier in identifiers { known.forget(identifier) }
        guard !keepsForwarding else { return }
        await gate.drop(identifiers)
        // They ended here, and their peers have to find key management again.
        if gone.contains(where: { $0.isParked && isVirtual($0) }) { try await addresses?.claimUnanswered() }
    }

    package func expect(_ identifiers: [SAIdentifier], selectors: [SAIdentifier: [TrafficSelector]]) async throws {
        // What the SAs are to protect does not go out in the clear meanwhile.
        let barriers = try KernelPolicies.barriers(selectors)
        try refuse(barriers)
        try await gate.close(
            identifiers.map { PacketWay(identifier: $0, selectors: selectors[$0] ?? [], refusesCopies: true) })
        // Where they were before, that is so already, and remains so.
        let codes = try database.add(barriers)
        try check(codes.filter { $0 != EEXIST })
    }

    package func forget(_ identifiers: [SAIdentifier], returningTo target: ForwardingTarget?) async throws {
        let wanted = Set(identifiers)
        _ = try database.delete(
            try database.policies().filter { policy in
                policy.barrierKind == .expected && policy.guarded.map(wanted.contains) ?? false
            })
        if let target { await gate.pass(identifiers, to: target) } else { await gate.drop(identifiers) }
    }

    func check(_ codes: [Int32]) throws {
        if let code = codes.first(where: { $0 != 0 }) { throw StackError.system(ErrorText.of(code)) }
    }

    func way(_ found: KernelView.Found, _ view: KernelView) -> PacketWay {
        let selectors = view.policies.filter { $0.association == found.identifier && $0.direction == .outbound }
            .flatMap(\.selectors)
        return PacketWay(
            identifier: found.identifier, selectors: found.direction == .outbound ? selectors : [],
            refusesCopies: found.direction == .inbound && found.state.replay.window > 0)
    }

    // MARK: Other names

    package func turnPolicies(_ changes: [SAIdentifier: SAIdentifier]) async throws {
        let view = try view()
        let places = Dictionary(view.associations.map { ($0.identifier, $0.state) }) { first, _ in first }
        var turned: [XfrmPolicy] = []
        for var policy in try database.policies() {
            for (old, new) in changes {
                guard let old = places[old], let new = places[new] else { continue }
                for index in policy.templates.indices where policy.templates[index].requestID == old.requestID {
                    policy.templates[index].requestID = new.requestID
                    policy.templates[index].source = new.source
                    policy.templates[index].destination = new.destination
                    turned.append(policy)
                }
            }
        }
        try check(try database.add(turned, replaces: true))
    }

    package func adopt(_ names: [SAIdentifier: SAIdentifier]) async throws {
        guard let first = names.keys.first else { return }
        throw StackError.unsupported(first, "the kernel takes an SA's packets by one name only")
    }

    package func retireOldNames(of identifiers: [SAIdentifier]) async throws {}

    package func update(_ updates: [GatewayUpdate]) async throws {
        guard let first = updates.first else { return }
        throw StackError.unsupported(first.identifier, "the kernel's SAs keep their names")
    }
}
