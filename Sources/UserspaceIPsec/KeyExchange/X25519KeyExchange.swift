package import IPsec

/// Key management between two daemons, where no IKE is: an authenticated X25519 exchange over their links. It is not IKE.
///
/// Owns the machines of its negotiations: one task for each takes its inputs one after the other.
package actor X25519KeyExchange: KeyExchange {
    package nonisolated let events: AsyncStream<KeyExchangeEvent>

    private enum Input: Sendable {
        case exchange(ExchangeInput)
        /// The deadline with that number.
        case deadline(Int)
    }

    private struct Launch: Sendable {
        let party: ExchangeParty
        let inputs: AsyncStream<Input>
        let feeding: AsyncStream<Input>.Continuation
    }

    private struct Running {
        let peer: String
        let replaced: Set<SAIdentifier>
        var isYielding: Bool
        let inputs: AsyncStream<Input>.Continuation
    }

    private typealias Answer = Result<[Renewal], KeyExchangeFailure>

    private let site: KeyExchangeSite
    private let timing: ExchangeTiming
    private let clock: any Clock<Duration>
    private var running: [KeyExchangeID: Running] = [:]
    private var waiting: [KeyExchangeID: [CheckedContinuation<Answer, Never>]] = [:]
    /// What is said of negotiations that are over, the oldest first.
    private var words: [(id: KeyExchangeID, word: KeyExchangeMessage.Content)] = []
    private let launches: AsyncStream<Launch>
    private let launching: AsyncStream<Launch>.Continuation
    private let telling: AsyncStream<KeyExchangeEvent>.Continuation

    /// How many negotiations that are over are remembered.
    private static let memory = 1_000

    package init(
        _ site: KeyExchangeSite, timing: ExchangeTiming = ExchangeTiming(),
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        (self.site, self.timing, self.clock) = (site, timing, clock)
        (events, telling) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(10_000))
        (launches, launching) = AsyncStream.makeStream()
    }

    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { for await message in self.site.incoming { await self.receive(message) } }
            for await launch in launches { group.addTask { await self.serve(launch) } }
            group.cancelAll()
        }
        for id in waiting.keys { answer(id, .failure(.abandoned)) }
        telling.finish()
    }

    package func renew(_ order: RenewalOrder) async throws(KeyExchangeFailure) -> [Renewal] {
        let identifiers = Set(order.associations.map(\.replaces))
        guard isFree(identifiers) else { throw .busy }
        guard let capabilities = try? await site.stack.capabilities(), let spis = await freeSPIs(order.associations),
            isFree(identifiers)
        else { throw .busy }
        var proposals: [AssociationProposal] = []
        for (template, spi) in zip(order.associations, spis) {
            let suites = order.profile.suites(replacing: template.suite, onlyUpgrades: order.onlyUpgrades)
                .filter(capabilities.suites.contains)
            guard !suites.isEmpty else { throw .noCommonSuite }
            proposals.append(AssociationProposal(suites: suites, spi: spi))
        }
        let id = KeyExchangeID.random()
        let machine = ExchangeInitiator(
            id, from: site.node, to: order.peer, templates: order.associations, proposals: proposals,
            key: EphemeralKey(), timing: timing)
        return try await withCheckedContinuation { continuation in
            waiting[id] = [continuation]
            open(ExchangeParty(id: id, peer: order.peer, order: order, machine: .initiator(machine)))
        }.get()
    }

    private func isFree(_ identifiers: Set<SAIdentifier>) -> Bool {
        running.values.allSatisfy { $0.replaced.isDisjoint(with: identifiers) }
    }

    /// An SPI for each SA that this node receives; `nil` where the stack cannot be read.
    private func freeSPIs(_ templates: [AssociationTemplate]) async -> [SPI?]? {
        var spis: [SPI?] = []
        for template in templates {
            guard template.direction == .inbound else {
                spis.append(nil)
                continue
            }
            var spi: SPI?
            while spi == nil {
                guard let candidate = SPI(.random(in: 0x100 ... .max)) else { continue }
                let identifier = template.identifier(candidate)
                guard let present = try? await site.stack.associations([identifier]) else { return nil }
                if present.isEmpty { spi = candidate }
            }
            spis.append(spi)
        }
        return spis
    }

    // MARK: What the other end says

    private func receive(_ message: KeyExchangeMessage) async {
        guard message.receiver == site.node else { return }
        if let party = running[message.id] {
            guard party.peer == message.sender else { return }
            party.inputs.yield(.exchange(.received(message.content)))
        } else if let known = words.first(where: { $0.id == message.id }) {
            if message.content.asks { send(known.word, message.id, to: message.sender) }
        } else if case .hello(let identifiers, let share) = message.content {
            if let failure = await begin(message, identifiers, share) {
                send(.refused(failure), message.id, to: message.sender)
            }
        } else if message.content.asks {
            send(.refused(.unknownExchange), message.id, to: message.sender)
        }
    }

    /// Begins as the responder; or says why not.
    private func begin(
        _ message: KeyExchangeMessage, _ identifiers: [SAIdentifier], _ share: KeyShare
    ) async -> KeyExchangeFailure? {
        guard !identifiers.isEmpty, Set(identifiers).count == identifiers.count,
            let present = try? await site.stack.associations(identifiers),
            let capabilities = try? await site.stack.capabilities()
        else { return .noAssociation }
        let statuses = identifiers.compactMap { present[$0] }
        guard statuses.count == identifiers.count else { return .noAssociation }
        guard statuses.allSatisfy({ $0.phase != .quiesced }) else { return .busy }
        let templates = statuses.map { AssociationTemplate($0.association) }
        var accepted: [[AlgorithmSuite]] = []
        for template in templates {
            let profile = await site.profile(template.user)
            accepted.append(profile.suites(replacing: template.suite).filter(capabilities.suites.contains))
        }
        guard let spis = await freeSPIs(templates) else { return .stack }
        guard rivals(of: message, identifiers) != nil else { return .busy }
        if let objection = await site.objection(message.sender, templates) { return objection }
        // Nothing is awaited from here on.
        guard let rivals = rivals(of: message, identifiers) else {
            telling.yield(.failed(identifiers, with: message.sender, .busy, wasAsked: false))
            return .busy
        }
        for id in rivals {
            running.removeValue(forKey: id)?.inputs.finish()
            waiting[message.id, default: []] += waiting.removeValue(forKey: id) ?? []
        }
        let machine = ExchangeResponder(
            message.id, from: message.sender, to: site.node, templates: templates, accepted: accepted, spis: spis,
            share: share, key: EphemeralKey(), timing: timing)
        telling.yield(.began(identifiers, with: message.sender))
        open(ExchangeParty(id: message.id, peer: message.sender, order: nil, machine: .responder(machine)))
        return nil
    }

    /// The negotiations here that make way for another one; `nil` where it is refused for them. Where both ends began at
    /// once, the one whose node comes first goes on.
    private func rivals(of message: KeyExchangeMessage, _ identifiers: [SAIdentifier]) -> [KeyExchangeID]? {
        guard running[message.id] == nil else { return nil }
        let rivals = running.filter { !$0.value.replaced.isDisjoint(with: identifiers) }
        let areYielding = rivals.values.allSatisfy {
            $0.isYielding && $0.peer == message.sender && message.sender < site.node
        }
        return areYielding ? Array(rivals.keys) : nil
    }

    private func send(_ content: KeyExchangeMessage.Content, _ id: KeyExchangeID, to peer: String) {
        site.send(KeyExchangeMessage(id: id, sender: site.node, receiver: peer, content: content))
    }

    // MARK: Running the machines

    private func open(_ party: ExchangeParty) {
        let (inputs, feeding) = AsyncStream.makeStream(of: Input.self)
        running[party.id] = Running(
            peer: party.peer, replaced: Set(party.machine.replaced), isYielding: party.order != nil, inputs: feeding)
        launching.yield(Launch(party: party, inputs: inputs, feeding: feeding))
        feeding.yield(.exchange(.start))
    }

    private func serve(_ launch: Launch) async {
        await withDiscardingTaskGroup { group in
            var party = launch.party
            for await first in launch.inputs {
                var inputs: [ExchangeInput]
                switch first {
                case .exchange(let input): inputs = [input]
                case .deadline(let number): inputs = number == party.deadline ? [.deadlinePassed] : []
                }
                while !inputs.isEmpty {
                    for action in party.machine.handle(inputs.removeFirst()) {
                        if case .setDeadline(let duration) = action {
                            party.deadline += 1
                            let number = party.deadline
                            guard let duration else { continue }
                            group.addTask { [clock] in
                                do { try await clock.sleep(for: duration) } catch { return }
                                launch.feeding.yield(.deadline(number))
                            }
                        } else if let answer = await perform(action, &party) {
                            inputs.append(answer)
                        }
                    }
                    running[party.id]?.isYielding = party.machine.isYielding
                }
                if party.isFinished { break }
            }
            group.cancelAll()
        }
    }

    /// Carries out one action; gives the stack's answer, if it has one.
    private func perform(_ action: ExchangeAction, _ party: inout ExchangeParty) async -> ExchangeInput? {
        switch action {
        case .send(let content): send(content, party.id, to: party.peer)
        case .setDeadline: break
        case .install(let associations):
            let new = associations.map(\.identifier)
            await site.unsettled(new)
            do {
                let names = Dictionary(
                    zip(party.machine.replaced, new), uniquingKeysWith: { first, _ in first })
                let policies = (party.order?.policies ?? []).map { policy in
                    var policy = policy
                    policy.association = policy.association.flatMap { names[$0] }
                    return policy
                }
                try await site.stack.install(associations, policies: policies)
                return .installed
            } catch {
                await site.settled(new)
                return .failed
            }
        case .turn(let renewals):
            do {
                try await party.order?.whenReady(renewals)
                try await site.redirect(renewals)
                if party.hasOld { try await site.stack.turnPolicies(renewals.changes) }
                return .turned
            } catch { return .failed }
        case .alarm(let renewals): telling.yield(.unconfirmed(renewals, with: party.peer))
        case .withdraw(let renewals):
            do {
                if party.hasOld {
                    try await site.stack.turnPolicies(
                        Dictionary(renewals.map { ($0.new, $0.old) }, uniquingKeysWith: { first, _ in first }))
                }
                try await site.stack.remove(renewals.map(\.new), keepsForwarding: false)
                await site.withdrawn(renewals.map(\.new))
                await site.settled(renewals.map(\.new))
            } catch {
                // They are still here, and the other end has none: no move may take them.
                telling.yield(party.failed(.stack))
            }
        case .report(let renewals):
            await site.settled(renewals.map(\.new))
            telling.yield(.renewed(renewals, with: party.peer))
            answer(party.id, .success(renewals))
            remember(party, nil)
        case .end(let renewals) where party.hasOld:
            let old = renewals.map(\.old)
            do {
                try await site.stack.remove(old, keepsForwarding: false)
                await site.withdrawn(old)
                telling.yield(.ended(old))
            } catch { telling.yield(party.failed(.stack)) }
        case .end: break
        case .fail(let failure):
            telling.yield(party.failed(failure))
            answer(party.id, .failure(failure))
            remember(party, failure)
        case .finish:
            party.isFinished = true
            running.removeValue(forKey: party.id)?.inputs.finish()
        }
        return nil
    }

    private func answer(_ id: KeyExchangeID, _ answer: Answer) {
        for continuation in waiting.removeValue(forKey: id) ?? [] { continuation.resume(returning: answer) }
    }

    private func remember(_ party: ExchangeParty, _ failure: KeyExchangeFailure?) {
        words.append((party.id, party.machine.lastWord(failure)))
        if words.count > Self.memory { words.removeFirst(words.count - Self.memory) }
    }
}

extension [Renewal] {
    /// From the old identifiers to the new.
    fileprivate var changes: [SAIdentifier: SAIdentifier] {
        Dictionary(map { ($0.old, $0.new) }, uniquingKeysWith: { first, _ in first })
    }
}

extension KeyExchangeMessage.Content {
    /// Whether it wants an answer, also of one who knows nothing of it.
    fileprivate var asks: Bool {
        switch self {
        case .proposal, .choice, .inUse: true
        case .hello, .share, .usedToo, .refused: false
        }
    }
}
