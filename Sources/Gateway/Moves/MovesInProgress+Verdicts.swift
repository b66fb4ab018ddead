import ContextTransfer
import ForwardingPath
import IPsec

/// What a taker says of SAs before they come: whether it can have them, and what they will be called.
extension MovesInProgress {
    /// How many free SPIs are tried: of 2^32, so that the first one nearly always is.
    private static let tries = 8

    /// What an SA would be called here.
    private struct Wish {
        var identifier: SAIdentifier
        /// `nil` where its far end need not be told.
        var name: GatewayName?
    }

    /// What stands against SAs that keep their names.
    func verdicts(_ offers: [AssociationOffer]) async throws -> [Verdict] {
        let capabilities = try await stack.capabilities()
        let present = Set(try await stack.associations(offers.map(\.identifier)).keys)
        return offers.enumerated().map { index, offer in
            if isLeaving([offer.identifier]) { return .refused(.busy) }
            if index >= capabilities.freeCapacity { return .refused(.noCapacity) }
            return offer.verdict(capabilities, present: present)
        }
    }

    /// What stands against the SAs of a move, and what they will be called.
    func verdicts(
        _ offers: [AssociationOffer], _ identity: GatewayIdentity, _ policy: SPIConflictPolicy?, _ move: MoveDescription
    ) async throws -> [Verdict] {
        let capabilities = try await stack.capabilities()
        let wishes = offers.map { wish($0, move.route.mobile == nil ? .indirect : identity, move) }
        var used = Set(try await stack.associations(wishes.compactMap { $0?.identifier }).keys)
        // What another move prepared will be in use.
        for (identifier, other) in holding where other != move.id { used.insert(identifier) }
        var verdicts: [Verdict] = []
        for (index, (offer, wish)) in zip(offers, wishes).enumerated() {
            guard var wish else {
                verdicts.append(.refused(.unsupported("a gateway address of its own that the mobile node could use")))
                continue
            }
            if used.contains(wish.identifier), capabilities.oldNames == .any, canReassign(offer, move, policy) {
                wish = try await reassigned(wish)
            }
            let offered = offer
            var offer = offer
            offer.identifier = wish.identifier
            if isLeaving([wish.identifier]) {
                verdicts.append(.refused(.busy))
            } else if index >= capabilities.freeCapacity {
                verdicts.append(.refused(.noCapacity))
            } else if wish.identifier != offered.identifier,
                !capabilities.takes(offered.identifier, as: wish.identifier)
            {
                verdicts.append(.refused(.unsupported("its old name, by which packets still come")))
            } else {
                let verdict = offer.verdict(capabilities, present: used)
                verdicts.append(verdict == .accepted ? wish.name.map(Verdict.renamed) ?? .accepted : verdict)
            }
            used.insert(wish.identifier)
        }
        return verdicts
    }

    /// The same where their contexts have come: policies may be in the way as well.
    func verdicts(_ contexts: MoveContexts, _ move: MoveDescription) async throws -> [Verdict] {
        let offers = contexts.associations.map(\.offer)
        let verdicts = try await verdicts(offers, contexts.identity, contexts.spiConflict, move)
        guard verdicts.allSatisfy({ $0.reason == nil }) else { return verdicts }
        var named = contexts
        named.names = verdicts.map(\.name)
        let taken = named.associations.indices.map { named.taken($0) }
        do { try await stack.check(taken.flatMap(\.policies), of: taken.map(\.association)) } catch {
            return verdicts.map { _ in .refused(Self.reason(error)) }
        }
        return verdicts
    }

    /// What an SA keeps its name by or, where its far end knows gateways by their own addresses, is renamed to; `nil`
    /// where there is no address that it could have.
    private func wish(_ offer: AssociationOffer, _ identity: GatewayIdentity, _ move: MoveDescription) -> Wish? {
        guard identity == .direct else { return Wish(identifier: offer.identifier) }
        let subject = move.subject
        // In transport mode the gateway's address is also that of the traffic.
        guard offer.mode == .tunnel,
            let address = environment.naming.address(for: subject.address.family, in: subject.realm)
        else { return nil }
        let name = GatewayName(spi: offer.identifier.spi, address: address)
        return Wish(identifier: offer.isTo(subject) ? offer.identifier : offer.identifier.named(name), name: name)
    }

    /// Whether the SA may have another SPI: only one that is received through here, and whose far end can be told.
    private func canReassign(
        _ offer: AssociationOffer, _ move: MoveDescription, _ policy: SPIConflictPolicy?
    ) -> Bool {
        (policy ?? environment.naming.spiConflict) == .reassign && move.route.mobile != nil && !offer.isTo(move.subject)
    }

    /// With an SPI that is free here; as it was where none was found.
    private func reassigned(_ wish: Wish) async throws -> Wish {
        let names = (0..<Self.tries).compactMap { _ in SPI(.random(in: 0x1_0000 ... .max)) }.map {
            GatewayName(spi: $0, address: wish.identifier.destination)
        }
        let used = try await stack.associations(names.map { wish.identifier.named($0) })
        guard let name = names.first(where: { used[wish.identifier.named($0)] == nil }) else { return wish }
        return Wish(identifier: wish.identifier.named(name), name: name)
    }
}

extension AssociationOffer {
    /// Whether the SA goes to the user, so that the gateway sends through it.
    fileprivate func isTo(_ subject: MoveSubject) -> Bool { identifier.destination == subject.address }
}
