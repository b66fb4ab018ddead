package import ContextTransfer
package import ForwardingPath
package import IPsec

/// The moves that this node has a part in: owns their machines and carries out what they ask for.
///
/// Each party runs in a task of its own, which takes its inputs one after the other and finishes the actions of one
/// before it looks at the next. A party that is done is dropped: who asks again is answered from its note.
package actor MovesInProgress {
    package nonisolated let node: NodeName
    /// What the audit trail, the API and the operator are told.
    package nonisolated let events: AsyncStream<MoveEvent>

    let stack: any IPsecStack
    let environment: MoveEnvironment
    let timing: MoveTiming
    let alarms = Alarms()
    /// The move that put an SA in force here, until a later one takes it away.
    var installedBy: [SAIdentifier: MoveID] = [:]
    /// Moves that put SAs in force here and are not over yet.
    var arriving: Set<MoveID> = []
    /// Moves for which SAs here are out of service.
    var leaving: [MoveID: Set<SAIdentifier>] = [:]
    private var parties: [MovePartyKey: AsyncStream<MovePartyInput>.Continuation] = [:]
    /// The subjects of the moves that this node leads: one at a time for each.
    private var led: [MoveSubject: MoveID] = [:]
    private let launches: AsyncStream<Launch>
    private let launching: AsyncStream<Launch>.Continuation
    private let telling: AsyncStream<MoveEvent>.Continuation

    /// A party that is to be run.
    private struct Launch: Sendable {
        let key: MovePartyKey
        let move: MoveDescription
        let machine: MoveMachine
        let requestedBy: String
        let inputs: AsyncStream<MovePartyInput>
    }

    package init(
        node: NodeName, stack: any IPsecStack, environment: MoveEnvironment, timing: MoveTiming = MoveTiming()
    ) {
        self.node = node
        self.stack = stack
        self.environment = environment
        self.timing = timing
        (events, telling) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(100_000))
        (launches, launching) = AsyncStream.makeStream()
    }

    /// Runs the parties until cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                await self.alarms.run { alarm in await self.give(.deadline(alarm.number), to: alarm.key) }
            }
            for await launch in launches {
                group.addTask { await self.serve(launch) }
            }
            group.cancelAll()
        }
        telling.finish()
    }

    /// Asks the previous router to lead a move of SAs that are here.
    package func request(_ move: MoveDescription, _ request: MoveRequest) {
        let key = MovePartyKey(id: move.id, role: .holder)
        open(
            key, move, .holder(HolderMove(requesting: request, timing: timing)),
            offer: request.offer)?.yield(.start)
    }

    /// Starts a move that this node leads as the previous router, unless one of the same subject is under way.
    @discardableResult
    package func lead(_ move: MoveDescription, _ request: MoveRequest, approval: ApprovalPolicy) -> Bool {
        let key = MovePartyKey(id: move.id, role: .source)
        guard parties[key] == nil, led[move.subject] == nil else { return parties[key] != nil }
        var offer = request.offer
        offer.needsApproval = approval.needsTarget
        led[move.subject] = move.id
        let machine = SourceMove(offer: offer, approval: approval, stepping: request.stepping, timing: timing)
        open(key, move, .source(machine), offer: offer)?.yield(.start)
        return true
    }

    /// An operator here agrees, or does not; `false` when the move has no party here that could take it.
    package func approve(_ id: MoveID, agrees: Bool, by operator: String) -> Bool {
        let input = agrees ? MovePartyInput.approved(by: `operator`) : .denied(by: `operator`)
        let keys = [MoveRole.source, .target].map { MovePartyKey(id: id, role: $0) }
        for key in keys { parties[key]?.yield(input) }
        return keys.contains { parties[$0] != nil }
    }

    /// An operator wants to stop a move that this node leads; `false` when it leads no such move any more.
    package func abort(_ id: MoveID, by operator: String) -> Bool {
        give(.abort(by: `operator`), to: MovePartyKey(id: id, role: .source))
    }

    /// The key that a stepping move waits for; `false` when this node leads no such move any more.
    package func proceed(_ id: MoveID) -> Bool { give(.proceed, to: MovePartyKey(id: id, role: .source)) }

    /// SAs here were rekeyed, deleted or expired: a move that has not taken them out of service ends.
    package func associationsChanged(_ identifiers: Set<SAIdentifier>, _ reason: MoveReason) {
        for (key, party) in parties where key.role == .holder { party.yield(.associationsChanged(identifiers, reason)) }
    }

    /// The SAs here that are out of service for a move, and the move.
    package var moving: [SAIdentifier: MoveID] {
        var moving: [SAIdentifier: MoveID] = [:]
        for (id, identifiers) in leaving { for identifier in identifiers { moving[identifier] = id } }
        return moving
    }

    /// Whether the node has a part in a move of this subject that is not over.
    package func leads(_ subject: MoveSubject) -> Bool { led[subject] != nil }

    /// Takes a message for a party here, whose sender was authenticated.
    package func deliver(_ envelope: MoveEnvelope, approval: ApprovalPolicy = .automatic) async {
        guard envelope.route[envelope.receiver] == node else { return }
        let key = MovePartyKey(id: envelope.id, role: envelope.receiver)
        let move = MoveDescription(envelope)
        if parties[key] == nil {
            if let note = await recall(key), let machine = await restored(note, stackSurvived: true) {
                _ = open(key, move, machine, requestedBy: note.requestedBy)
            } else if parties[key] == nil, !(await begin(envelope, key, move, approval)) {
                return
            }
        }
        if case .request(let request) = envelope.message {
            await send(.answer(request.offer.associations.map { _ in .accepted }), from: .source, to: .holder, move)
        } else {
            parties[key]?.yield(.received(envelope.message))
        }
    }

    /// Makes the party that a first message makes, or answers for it; whether the party is there now.
    private func begin(
        _ envelope: MoveEnvelope, _ key: MovePartyKey, _ move: MoveDescription, _ approval: ApprovalPolicy
    ) async -> Bool {
        switch (key.role, envelope.message) {
        case (.source, .request(let request)):
            guard lead(move, request, approval: request.approval ?? approval) else {
                await send(.refused(.busy), from: .source, to: .holder, move)
                return false
            }
        case (.source, .inquire):
            await send(.refused(.unknownMove), from: .source, to: .holder, move)
            return false
        case (.source, _): return false
        case (.holder, .collect(let identifiers)):
            open(key, move, .holder(HolderMove(identifiers: identifiers, timing: timing)))
        case (.holder, let message):
            await send(HolderMove.answer(toUnknown: message), from: .holder, to: .source, move)
            return false
        case (.target, _): open(key, move, .target(TargetMove()))
        case (.taker, _): open(key, move, .taker(TakerMove(timing: timing)))
        }
        return true
    }

    @discardableResult
    func open(
        _ key: MovePartyKey, _ move: MoveDescription, _ machine: MoveMachine, offer: MoveOffer? = nil,
        requestedBy: String = ""
    ) -> AsyncStream<MovePartyInput>.Continuation? {
        guard parties[key] == nil else { return nil }
        let (inputs, continuation) = AsyncStream.makeStream(of: MovePartyInput.self)
        parties[key] = continuation
        tell(.stands(machine.standing(nil)), key, move)
        if let offer { tell(.about(offer.names, requestedBy: offer.requestedBy), key, move) }
        let requestedBy = offer?.requestedBy ?? requestedBy
        launching.yield(Launch(key: key, move: move, machine: machine, requestedBy: requestedBy, inputs: inputs))
        return continuation
    }

    @discardableResult
    func give(_ input: MovePartyInput, to key: MovePartyKey) -> Bool {
        guard let party = parties[key] else { return false }
        party.yield(input)
        return true
    }

    /// Runs one party to its end.
    private func serve(_ launch: Launch) async {
        var party = MoveParty(key: launch.key, move: launch.move, machine: launch.machine, by: launch.requestedBy)
        for await first in launch.inputs {
            guard let first = party.taking(first) else { continue }
            var inputs = [first]
            while !inputs.isEmpty {
                let input = inputs.removeFirst()
                let actions = party.handle(input)
                if let told = party.takeOffer(input) { tell(told, party.key, party.move) }
                for action in actions {
                    switch action {
                    case .setDeadline(let duration):
                        party.deadline += 1
                        if let duration {
                            alarms.add(party.key, number: party.deadline, after: duration)
                        } else {
                            alarms.cancel(party.key)
                        }
                    case .finish:
                        party.finish()
                        close(party)
                    default:
                        do {
                            if let answer = try await perform(action, party) { inputs.append(answer) }
                        } catch {
                            // What was not made durable must not be acted on: the others will ask, and find nobody.
                            tell(.failed("\(error)"), party.key, party.move)
                            close(party)
                            return
                        }
                    }
                }
                if let standing = party.takeStanding() { tell(.stands(standing), party.key, party.move) }
            }
        }
    }

    private func close(_ party: MoveParty) {
        if led[party.move.subject] == party.key.id, party.key.role == .source { led[party.move.subject] = nil }
        alarms.cancel(party.key)
        parties.removeValue(forKey: party.key)?.finish()
    }

    func tell(
        _ kind: MoveEvent.Kind, _ key: MovePartyKey, _ move: MoveDescription, at instant: ContinuousClock.Instant = .now
    ) {
        telling.yield(MoveEvent(key: key, move: move, kind: kind, instant: instant))
    }

    func send(_ message: MoveMessage, from sender: MoveRole, to receiver: MoveRole, _ move: MoveDescription) async {
        let envelope = MoveEnvelope(
            id: move.id, subject: move.subject, route: move.route, sender: sender, receiver: receiver, message: message)
        let name = move.route[receiver]
        if name == node { await deliver(envelope) } else { environment.send(envelope, name) }
    }
}
