import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import Logging

extension RouterDaemon {
    /// How often new SAs are asked for where nobody answers, and how long at first until the next time.
    private static let patience = (attempts: 6, pause: Duration.seconds(1))

    /// What its key management is told of this daemon.
    nonisolated func keyExchangeSite(_ incoming: AsyncStream<KeyExchangeMessage>) -> KeyExchangeSite {
        KeyExchangeSite(
            node: node.text, stack: stack, incoming: incoming,
            send: { [post] message in post.send(message) },
            objection: { [weak self] peer, templates in
                guard let self else { return .notAllowed }
                return await objection(peer, templates)
            },
            profile: { [weak self] user in await self?.profile(of: user) ?? UserProfile(user: user) },
            unsettled: { [moves] identifiers in await moves.hold(unsettled: identifiers) },
            settled: { [moves] identifiers in await moves.settle(identifiers) },
            redirect: { [surroundings] renewals in
                if let turnOver = surroundings.turnOver { return try await turnOver(renewals) }
                try await surroundings.redirect(renewals.map(\.new))
            },
            withdrawn: { [surroundings] identifiers in await surroundings.withdraw(identifiers) })
    }

    func profile(of user: String) -> UserProfile { settings.profiles[user] ?? UserProfile(user: user) }

    /// Why a node may not negotiate new SAs in the place of these; `nil` where it may, and from then on no move takes them.
    private func objection(_ peer: String, _ templates: [AssociationTemplate]) async -> KeyExchangeFailure? {
        guard let name = NodeName(peer),
            templates.allSatisfy({ KeyExchangeCheck.mayReplace($0, as: name, network: network) })
        else { return .notAllowed }
        return await moves.beginRenewal(Set(templates.map(\.replaces))) ? nil : .busy
    }

    /// Whether SAs here are being negotiated anew, or the old ones still receive.
    package var isNegotiating: Bool { get async { await !moves.renewing.isEmpty } }

    /// The SAs without those that others took the place of, and that only receive what was under way; and without those
    /// that are to take a place, but are not used at both ends yet.
    func withoutReplaced(_ statuses: [AssociationStatus]) async -> [AssociationStatus] {
        let (renewing, unsettled) = await (moves.renewing, moves.unsettled)
        guard !renewing.isEmpty || !unsettled.isEmpty else { return statuses }
        let statuses = statuses.filter { !unsettled.contains($0.association.identifier) }
        let new = Set(statuses.map(\.association).filter { renewing[$0.identifier] == nil }.map(\.name))
        return statuses.filter { status in
            renewing[status.association.identifier] == nil || !new.contains(status.association.name)
        }
    }

    // MARK: Asking for it

    /// The sender of an SA sees to it that there is a new one in time.
    func softLifetimeReached(_ identifier: SAIdentifier) async {
        if await successions.softLifetimeReached(identifier) || keyExchange?.isIKE == true { return }
        guard let status = try? await stack.associations([identifier])[identifier],
            status.association.direction == .outbound
        else { return }
        await renew(identifier)
    }

    /// What came here with its soft lifetime reached told so where it was before.
    func renewDying(among identifiers: [SAIdentifier]) async {
        guard let present = try? await stack.associations(identifiers) else { return }
        for (identifier, status) in present where status.phase == .dying && status.association.direction == .outbound {
            await softLifetimeReached(identifier)
        }
    }

    /// An SA here is to be negotiated anew, with what goes the other way between the same nodes.
    func renew(_ identifier: SAIdentifier) async {
        do {
            let all = try await stack.associations()
            guard let own = all.first(where: { $0.association.identifier == identifier })?.association,
                !own.user.isEmpty, own.attributes.keys.suite.foreign == nil
            else { return }
            let planner = planner
            let known = planner.known(all)
            let peer = known.first { $0.summary.offer.identifier == identifier }.flatMap(planner.peer)
            let identifiers = Set(
                planner.units(named: [own.name], in: known).filter {
                    planner.peer(of: $0) == peer && $0.summary.user == own.user
                }.map(\.summary.offer.identifier))
            let unit = all.map(\.association).filter { identifiers.contains($0.identifier) }
            renewals.yield(
                LostAssociations(associations: unit.map(AssociationTemplate.init), policies: [], areGone: false))
        } catch {
            logger.error("Cannot read the stack", metadata: ["reason": "\(error)"])
        }
    }

    /// Carries out what was asked for, each by itself.
    func renewWhatIsAsked() async {
        await withDiscardingTaskGroup { group in
            for await lost in renewalsAsked { group.addTask { await self.renew(lost) } }
            group.cancelAll()
        }
    }

    private func renew(_ lost: LostAssociations) async {
        guard let keyExchange, let first = lost.associations.first else { return }
        // Where nobody there can, it is tried here.
        if keyExchange.isIKE, let home = lost.home,
            await successions.isRenewed(lost.associations.map(\.replaces), at: home)
        {
            return
        }
        let names = lost.associations.map(\.name)
        let peer = planner.peer(of: first).flatMap { network.node($0) }
        guard keyExchange.isIKE || peer?.role.runsDaemon == true else {
            return await report(
                .renegotiation, action: "renegotiate", associations: names,
                text: "\(names.list) cannot be negotiated anew: the other end runs no daemon")
        }
        let identifiers = Set(lost.associations.map(\.replaces))
        let order = RenewalOrder(
            peer: peer?.name.text ?? first.user, associations: lost.associations, areHere: !lost.areGone,
            policies: lost.areGone ? lost.policies : [],
            profile: profile(of: first.user))
        for attempt in 0..<Self.patience.attempts {
            if await isSettled(lost) { return }
            if await moves.beginRenewal(identifiers) {
                let result: Result<[Renewal], KeyExchangeFailure>
                do throws(KeyExchangeFailure) {
                    result = .success(try await keyExchange.renew(order))
                } catch {
                    result = .failure(error)
                }
                // Where it succeeded, moves wait until the old ones have ended.
                if case .success = result, lost.areGone { await moves.renewed(Array(identifiers)) }
                if case .failure = result { await moves.endRenewal(identifiers) }
                switch result {
                case .success: return
                case .failure(.noCommonSuite), .failure(.notAllowed), .failure(.noAssociation):
                    return await giveUp(names, order.peer)
                case .failure: break
                }
            }
            do { try await Task.sleep(for: Self.patience.pause * (1 << attempt)) } catch { return }
        }
        await giveUp(names, order.peer)
    }

    private func giveUp(_ names: [String], _ peer: String) async {
        await report(
            .alarm, action: "renegotiate", associations: names,
            text: "\(names.list) could not be negotiated anew with \(peer): an operator has to see to it")
    }

    /// Whether nothing has to be negotiated any more: the SAs are replaced, or left with a move.
    private func isSettled(_ lost: LostAssociations) async -> Bool {
        guard !lost.areGone, let present = try? await stack.associations(lost.associations.map(\.replaces)) else {
            return false
        }
        return present.isEmpty
    }

    /// Tells the operator what is done with SAs that an IKE daemon here or elsewhere renewed or ended.
    func reportSuccessions() async {
        for await told in told {
            cache = nil
            await report(told.kind, action: told.action, associations: told.associations, text: told.text)
        }
    }

    // MARK: What comes of it

    /// Takes in what the key management tells.
    func listenToKeys() async {
        guard let keyExchange else { return }
        for await event in keyExchange.events {
            cache = nil
            switch event {
            case .began(let identifiers, let peer):
                await report(
                    .log, action: "renegotiate", associations: identifiers.map(\.spi.description),
                    text: "\(peer) negotiates new SAs in the place of \(identifiers.map(\.spi.description).list)")
            case .renewed(let renewals, let peer):
                let changes = renewals.map { "\($0.name) \($0.old.spi) is now \($0.new.spi), \($0.suite)" }
                await report(
                    .renegotiation, action: "renegotiate", associations: renewals.map(\.name),
                    text: "renegotiated with \(peer): \(changes.joined(separator: "; "))")
            case .unconfirmed(let renewals, let peer):
                let names = renewals.map(\.name)
                await report(
                    .alarm, action: "renegotiate", associations: names,
                    text:
                        "\(peer) has not said for minutes whether it uses the new SAs of \(names.list), which are used "
                        + "here: packets may be lost until it can be reached; it is asked again")
            case .failed(let identifiers, let peer, let failure, let wasAsked):
                if !wasAsked { await moves.endRenewal(Set(identifiers)) }
                // Both ends began at once: nothing is wrong.
                if failure == .busy { continue }
                await report(
                    .renegotiation, action: "renegotiate",
                    associations: identifiers.map(\.spi.description),
                    text: "\(identifiers.map(\.spi.description).list) were not renegotiated with \(peer): \(failure)")
            case .ended(let identifiers):
                await moves.renewed(identifiers)
                await report(
                    .log, action: "end", associations: identifiers.map(\.spi.description),
                    text: "\(identifiers.map(\.spi.description).list) ended at \(node): others took their place")
            }
        }
    }
}

extension [String] {
    /// With commas between them, not too many.
    fileprivate var list: String {
        count > 4 ? "\(prefix(4).joined(separator: ", ")) and \(count - 4) more" : joined(separator: ", ")
    }
}
