import ContextTransfer
import IPsec

extension MovesInProgress {
    /// Carries out one action; gives the stack's answer, if it has one. Throws when a record could not be made durable.
    func perform(_ action: MoveAction, _ party: MoveParty) async throws -> MovePartyInput? {
        let (key, move) = (party.key, party.move)
        switch action {
        case .send(let message, let receiver): await send(message, from: key.role, to: receiver, move)
        case .record(let record):
            try await environment.record(party.note(record))
            note(record, key)
        case .enter(let phase): tell(.entered(phase), key, move)
        case .askApproval: break
        case .renegotiate(let identifiers, let reason): tell(.renegotiationNeeded(identifiers, reason), key, move)
        case .read, .quiesce, .resume, .check, .hold, .forget, .install, .remove, .redirect:
            do { return try await askStack(action, key, move) } catch { return .failed(Self.reason(error)) }
        case .setDeadline, .finish: preconditionFailure("The party's own task sets deadlines and ends.")
        }
        return nil
    }

    /// What the stack answers to an action that is for it.
    private func askStack(
        _ action: MoveAction, _ key: MovePartyKey, _ move: MoveDescription
    ) async throws -> MovePartyInput? {
        switch action {
        case .read(let identifiers): return try await read(identifiers)
        case .quiesce(let identifiers): return try await quiesce(identifiers, key, move)
        case .resume(let identifiers):
            try await stack.resume(identifiers)
            leaving[key.id] = nil
            tell(.resumed(identifiers), key, move)
            return .resumed
        case .check(let offers): return .checked(try await verdicts(offers))
        case .hold(let contexts):
            try await stack.expect(contexts.identifiers, selectors: Self.outboundSelectors(contexts))
        case .forget(let identifiers):
            try await stack.forget(identifiers, returningTo: environment.forwardingTarget(move.route.holder))
        case .install(let contexts, let dynamics, let elapsed):
            return try await install(contexts, dynamics, elapsed: elapsed, key, move)
        case .remove(let identifiers, let forwarding):
            return try await remove(identifiers, forwarding: forwarding, key, move)
        case .redirect(let identifiers):
            try await environment.redirect(identifiers)
            return .redirected
        case .send, .record, .setDeadline, .enter, .askApproval, .renegotiate, .finish:
            preconditionFailure("This action is not for the stack.")
        }
        return nil
    }

    private static func reason(_ error: any Error) -> MoveReason {
        switch error {
        case let reason as Refusal: reason.reason
        case StackError.identifierInUse: .spiInUse
        case StackError.noAssociation, StackError.wrongPhase: .noAssociation
        case StackError.unsupported(_, let what): .unsupported(what)
        case StackError.full: .noCapacity
        default: .failure(String("\(error)".prefix(200)))
        }
    }

    private struct Refusal: Error { let reason: MoveReason }

    private func note(_ record: MoveRecord, _ key: MovePartyKey) {
        switch record {
        case .installed: arriving.insert(key.id)
        case .released, .lost: arriving.remove(key.id)
        case .started, .switching, .mayBeSent, .installing, .cancelled, .finished, .ending, .closed: break
        }
    }

    private func read(_ identifiers: [SAIdentifier]) async throws -> MovePartyInput {
        let statuses = try await stack.associations()
        let policies = try await stack.policies()
        let contexts = try identifiers.map { identifier in
            guard let status = statuses.first(where: { $0.association.identifier == identifier }),
                status.phase == .inForce || status.phase == .dying
            else { throw Refusal(reason: .noAssociation) }
            if let arrival = installedBy[identifier], arriving.contains(arrival) { throw Refusal(reason: .busy) }
            let own = policies.filter { $0.association == identifier && $0.origin != .static }
            return AssociationContext(association: status.association, policies: own)
        }
        return .read(MoveContexts(associations: contexts))
    }

    private func quiesce(
        _ identifiers: [SAIdentifier], _ key: MovePartyKey, _ move: MoveDescription
    ) async throws -> MovePartyInput {
        let target = environment.forwardingTarget(move.route.taker)
        let start = ContinuousClock.now
        let states = try await stack.quiesce(identifiers, forwarding: target)
        leaving[key.id] = Set(identifiers)
        tell(.quiesced(identifiers), key, move, at: start)
        return .quiesced(identifiers.compactMap { states[$0] })
    }

    private func verdicts(_ offers: [AssociationOffer]) async throws -> [Verdict] {
        let capabilities = try await stack.capabilities()
        let present = Set(try await stack.associations().map(\.association.identifier))
        let undecided = leaving.values.reduce(into: Set<SAIdentifier>()) { $0.formUnion($1) }
        return offers.enumerated().map { index, offer in
            if undecided.contains(offer.identifier) { return .refused(.busy) }
            if index >= capabilities.freeCapacity { return .refused(.noCapacity) }
            return offer.verdict(capabilities, present: present)
        }
    }

    private func install(
        _ contexts: MoveContexts, _ dynamics: [DynamicAttributes], elapsed: Duration, _ key: MovePartyKey,
        _ move: MoveDescription
    ) async throws -> MovePartyInput {
        let egress = try await stack.capabilities().egressMTU
        let associations = zip(contexts.associations, dynamics).map { context, state in
            var association = context.association
            association.state = state
            association.state.use.age += elapsed
            association.state.pathMTU = PathMTU.afterMove(learned: state.pathMTU, egress: egress)
            return association
        }
        guard !associations.contains(where: { $0.attributes.hardLifetime.isReached(by: $0.state.use) }) else {
            throw Refusal(reason: .expired)
        }
        try await stack.install(associations, policies: contexts.associations.flatMap(\.policies))
        for identifier in contexts.identifiers { installedBy[identifier] = key.id }
        tell(.installed(contexts.identifiers), key, move)
        return .installed
    }

    /// Removes what this move took out of service, or brought: never a copy that a later move brought.
    private func remove(
        _ identifiers: [SAIdentifier], forwarding: Bool, _ key: MovePartyKey, _ move: MoveDescription
    ) async throws -> MovePartyInput {
        let statuses = try await stack.associations()
        let own = identifiers.filter { identifier in
            guard key.role == .holder else { return installedBy[identifier] == key.id }
            let phase = statuses.first { $0.association.identifier == identifier }?.phase
            return phase == .quiesced || phase == .ended
        }
        try await stack.remove(own, keepsForwarding: forwarding)
        for identifier in own { installedBy[identifier] = nil }
        leaving[key.id] = nil
        tell(.released(own), key, move)
        return .removed
    }

    /// The traffic that will be sent through SAs that are not in force yet.
    private static func outboundSelectors(_ contexts: MoveContexts) -> [SAIdentifier: [TrafficSelector]] {
        let outbound = contexts.associations.map(\.association).filter { $0.direction == .outbound }
        return Dictionary(outbound.map { ($0.identifier, $0.attributes.selectors) }) { first, _ in first }
    }
}
