import ContextTransfer
import ForwardingPath
import IPsec

extension MovesInProgress {
    /// Carries out one action; gives the stack's answer, if it has one. Throws when a record could not be made durable.
    func perform(_ action: MoveAction, _ party: inout MoveParty) async throws -> MovePartyInput? {
        let (key, move) = (party.key, party.move)
        switch action {
        case .send(let message, let receiver):
            let isDetoured = key.role == .mobile && detours.remove(key.id) != nil
            await send(message, from: key.role, to: isDetoured ? .source : receiver, move)
        case .record(let record): try await write(record, &party)
        case .setDeadline(let duration):
            party.deadline += 1
            if let duration {
                alarms.add(key, number: party.deadline, after: duration)
            } else {
                alarms.cancel(key)
            }
        case .enter(let phase): tell(.entered(phase), key, move)
        // A party that is done is closed once it has told so.
        case .askApproval, .finish: break
        case .renegotiate(let identifiers, let reason):
            tell(.renegotiationNeeded(identifiers, reason), key, move)
            let home = key.role == .taker ? move.route.holder : nil
            guard let lost = try? await lost(identifiers, home: home) else { break }
            if !lost.associations.isEmpty {
                await environment.renew(lost)
            } else if reason != .restarted(.holder) {
                // Of what is gone already nothing is known here but its name. Where this party was told to end them before a
                // restart it had them renewed before they went.
                tell(.missing(identifiers), key, move)
            }
        case .read, .quiesce, .resume, .check, .examine, .hold, .forget, .install, .remove, .redirect, .update,
            .retireOldNames:
            do { return try await askStack(action, party) } catch { return .failed(Self.reason(error)) }
        }
        return nil
    }

    /// Makes a record durable, unless it is already.
    private func write(_ record: MoveRecord, _ party: inout MoveParty) async throws {
        let key = party.key
        guard !party.hasWritten(record) else { return }
        if record == .mayBeSent {
            let identifiers = Set(party.machine.identifiers)
            // Another move, or a negotiation, takes them away: nothing is written of what will not be done.
            guard !isLeaving(identifiers), !isNegotiated(identifiers) else { return }
            leaving[key.id] = identifiers
        }
        do {
            try await environment.record(party.note(record))
        } catch {
            if record == .mayBeSent { leaving[key.id] = nil }
            throw error
        }
        party.wrote(record)
        note(record, key)
    }

    /// What is to be negotiated anew, before it is gone.
    private func lost(_ identifiers: [SAIdentifier], home: NodeName?) async throws -> LostAssociations {
        let present = try await stack.associations(identifiers)
        return LostAssociations(
            associations: identifiers.compactMap { present[$0].map { AssociationTemplate($0.association) } },
            policies: try await stack.policies(using: identifiers).filter { $0.origin != .static }, areGone: true,
            home: home)
    }

    func isLeaving(_ identifiers: Set<SAIdentifier>) -> Bool {
        leaving.values.contains { !$0.isDisjoint(with: identifiers) }
    }

    /// What the stack answers to an action that is for it.
    private func askStack(_ action: MoveAction, _ party: MoveParty) async throws -> MovePartyInput? {
        let (key, move) = (party.key, party.move)
        switch action {
        case .read(let identifiers): return try await read(identifiers)
        case .quiesce(let identifiers): return try await quiesce(identifiers, key, move)
        case .resume(let identifiers):
            try await stack.resume(identifiers)
            tell(.resumed(identifiers), key, move)
            return .resumed
        case .check(let offers, let identity, let policy):
            return .checked(try await verdicts(offers, identity, policy, move))
        case .examine(let contexts): return .checked(try await verdicts(contexts, move))
        case .hold(let contexts):
            try await stack.expect(contexts.takenIdentifiers, selectors: Self.outboundSelectors(contexts))
            for identifier in contexts.takenIdentifiers { holding[identifier] = key.id }
            try await stack.adopt(contexts.renamings)
            return .held
        case .forget(let identifiers):
            for identifier in identifiers where holding[identifier] == key.id { holding[identifier] = nil }
            try await stack.forget(identifiers, returningTo: environment.forwardingTarget(move.route.holder))
        case .install(let contexts, let dynamics, let elapsed):
            return try await install(contexts, dynamics, elapsed: elapsed, key, move)
        case .remove(let identifiers, let forwarding):
            return try await remove(identifiers, forwarding: forwarding, key, move)
        case .redirect(let identifiers):
            // Not what a later move takes, or took, away.
            try await environment.redirect(
                identifiers.filter { installedBy[$0] == key.id && !isLeaving([$0]) })
            return .redirected
        case .update(let updates):
            try await stack.update(updates)
            tell(.updated(updates), key, move)
            return .updated
        case .retireOldNames(let identifiers): try await stack.retireOldNames(of: identifiers)
        case .send, .record, .setDeadline, .enter, .askApproval, .renegotiate, .finish:
            preconditionFailure("This action is not for the stack.")
        }
        return nil
    }

    static func reason(_ error: any Error) -> MoveReason {
        switch error {
        case let reason as Refusal: reason.reason
        case StackError.identifierInUse: .spiInUse
        case StackError.policyInUse(let packets): .policyInUse(String(packets.prefix(200)))
        case StackError.noAssociation, StackError.wrongPhase: .noAssociation
        case StackError.unsupported(_, let what): .unsupported(what)
        case StackError.full: .noCapacity
        case StackError.outdated: .outdated
        default: .failure(String("\(error)".prefix(200)))
        }
    }

    private struct Refusal: Error { let reason: MoveReason }

    /// What a record that is durable now says of where SAs are.
    func note(_ record: MoveRecord, _ key: MovePartyKey) {
        switch record {
        case .installed: arriving.insert(key.id)
        case .released, .lost, .cancelled: arriving.remove(key.id)
        case .closed: leaving[key.id] = nil
        case .started, .switching, .sealed, .mayBeSent, .installing, .finished, .ending: break
        }
    }

    private func read(_ identifiers: [SAIdentifier]) async throws -> MovePartyInput {
        let present = try await stack.associations(identifiers)
        let policies = Dictionary(
            grouping: try await stack.policies(using: identifiers).filter { $0.origin != .static }
        ) {
            $0.association
        }
        let contexts = try identifiers.map { identifier in
            guard let status = present[identifier], status.phase == .inForce || status.phase == .dying
            else { throw Refusal(reason: .noAssociation) }
            if let obstacle = status.obstacle { throw Refusal(reason: .failure(obstacle.reason)) }
            if let arrival = installedBy[identifier], arriving.contains(arrival) { throw Refusal(reason: .busy) }
            return AssociationContext(association: status.association, policies: policies[identifier] ?? [])
        }
        return .read(MoveContexts(associations: contexts))
    }

    private func quiesce(
        _ identifiers: [SAIdentifier], _ key: MovePartyKey, _ move: MoveDescription
    ) async throws -> MovePartyInput {
        guard leaving[key.id] != nil else {
            throw Refusal(reason: isNegotiated(identifiers) ? .associationChanged : .busy)
        }
        let target = environment.forwardingTarget(move.route.taker)
        let start = ContinuousClock.now
        let states = try await stack.quiesce(identifiers, forwarding: target)
        tell(.quiesced(identifiers), key, move, at: start)
        return .quiesced(identifiers.compactMap { states[$0] })
    }

    private func install(
        _ contexts: MoveContexts, _ dynamics: [DynamicAttributes], elapsed: Duration, _ key: MovePartyKey,
        _ move: MoveDescription
    ) async throws -> MovePartyInput {
        let egress = try await stack.capabilities().egressMTU
        let taken = contexts.associations.indices.map { contexts.taken($0) }
        let associations = zip(taken, dynamics).enumerated().map { index, pair in
            var (association, state) = (pair.0.association, pair.1)
            // The far end counts every name that it is told, also one that is the same.
            if index < contexts.names.count, contexts.names[index] != nil { state.renamings &+= 1 }
            state.installs = state.installs == .max ? .max : state.installs + 1
            association.state = state
            association.state.use.age += elapsed
            if association.direction == .outbound {
                association.state.pathMTU = PathMTU.afterMove(learned: state.pathMTU, egress: egress)
            }
            return association
        }
        guard !associations.contains(where: { $0.attributes.hardLifetime.isReached(by: $0.state.use) }) else {
            throw Refusal(reason: .expired)
        }
        var end: String?
        do {
            try await stack.install(associations, policies: taken.flatMap(\.policies))
        } catch StackError.ended(let words) { end = words }
        for identifier in contexts.takenIdentifiers {
            installedBy[identifier] = key.id
            holding[identifier] = nil
        }
        if let end {
            tell(.failed(end), key, move)
            return .ended(.failure(end))
        }
        tell(.installed(contexts.takenIdentifiers), key, move)
        return .installed
    }

    /// Removes what this move took out of service, or brought: never a copy that a later move brought.
    private func remove(
        _ identifiers: [SAIdentifier], forwarding: Bool, _ key: MovePartyKey, _ move: MoveDescription
    ) async throws -> MovePartyInput {
        let phases = try await stack.phases(of: identifiers)
        let own = identifiers.filter { identifier in
            guard key.role == .holder else { return installedBy[identifier] == key.id }
            return phases[identifier] == .quiesced || phases[identifier] == .ended
        }
        if key.role == .taker {
            try await stack.destroy(own)
        } else {
            try await stack.remove(own, keepsForwarding: forwarding)
        }
        for identifier in own { installedBy[identifier] = nil }
        tell(.released(own), key, move)
        return .removed
    }

    /// The traffic that will be sent through SAs that are not in force yet.
    private static func outboundSelectors(_ contexts: MoveContexts) -> [SAIdentifier: [TrafficSelector]] {
        let outbound = contexts.associations.filter { $0.association.direction == .outbound }
        return Dictionary(
            outbound.map { context in
                let own = context.association.attributes.selectors
                // An SA that its policies alone select.
                let selectors =
                    own.isEmpty ? context.policies.filter { $0.direction == .outbound }.flatMap(\.selectors) : own
                return (context.association.identifier, selectors)
            }
        ) { first, _ in first }
    }
}
