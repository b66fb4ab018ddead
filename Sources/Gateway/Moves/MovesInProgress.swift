package import ContextTransfer
package import ForwardingPath
package import IPsec

/// The moves that this node has a part in: owns their machines and carries out what they ask for.
///
/// Each party runs in a task of its own, which takes its inputs one after the other and finishes the actions of one
/// before it looks at the next.
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
    /// The last word of the parties that are done, for who asks again.
    private var finished: [MovePartyKey: MoveMachine] = [:]
    private var parties: [MovePartyKey: AsyncStream<MovePartyInput>.Continuation] = [:]
    private let launches: AsyncStream<Launch>
    private let launching: AsyncStream<Launch>.Continuation
    private let telling: AsyncStream<MoveEvent>.Continuation

    /// A party that is to be run.
    private struct Launch: Sendable {
        let key: MovePartyKey
        let move: MoveDescription
        let machine: MoveMachine
        let inputs: AsyncStream<MovePartyInput>
    }

    package init(
        node: NodeName, stack: any IPsecStack, environment: MoveEnvironment, timing: MoveTiming = MoveTiming()
    ) {
        self.node = node
        self.stack = stack
        self.environment = environment
        self.timing = timing
        (events, telling) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(10_000))
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

    /// Starts a move that this node leads as the previous router.
    package func start(_ move: MoveDescription, offer: MoveOffer, approval: ApprovalPolicy, stepping: Bool = false) {
        let machine = SourceMove(offer: offer, approval: approval, stepping: stepping, timing: timing)
        open(MovePartyKey(id: move.id, role: .source), move, .source(machine))?.yield(.start)
    }

    /// An operator here agrees, or does not.
    package func approve(_ id: MoveID, agrees: Bool, by operator: String) {
        for role in [MoveRole.source, .target] {
            let input = agrees ? MovePartyInput.approved(by: `operator`) : .denied(by: `operator`)
            parties[MovePartyKey(id: id, role: role)]?.yield(input)
        }
    }

    /// An operator wants to stop a move that this node leads; `false` when it leads no such move any more.
    package func abort(_ id: MoveID, by operator: String) -> Bool {
        guard let party = parties[MovePartyKey(id: id, role: .source)] else { return false }
        party.yield(.abort(by: `operator`))
        return true
    }

    /// The key that a stepping move waits for.
    package func proceed(_ id: MoveID) {
        parties[MovePartyKey(id: id, role: .source)]?.yield(.proceed)
    }

    /// Takes a message for a party here.
    package func deliver(_ envelope: MoveEnvelope) async {
        guard envelope.route[envelope.receiver] == node else { return }
        let key = MovePartyKey(id: envelope.id, role: envelope.receiver)
        let move = MoveDescription(id: envelope.id, subject: envelope.subject, route: envelope.route)
        if let party = parties[key] {
            party.yield(.received(envelope.message))
        } else if let machine = finished[key] ?? newMachine(for: envelope) {
            open(key, move, machine)?.yield(.received(envelope.message))
        } else if key.role == .holder {
            await send(HolderMove.answer(toUnknown: envelope.message), from: .holder, to: .source, move)
        }
    }

    /// The machine that a first message makes; `nil` where it makes none.
    private func newMachine(for envelope: MoveEnvelope) -> MoveMachine? {
        switch envelope.receiver {
        case .source: nil
        case .holder:
            if case .collect(let identifiers) = envelope.message {
                .holder(HolderMove(identifiers: identifiers, timing: timing))
            } else {
                nil
            }
        case .target: .target(TargetMove())
        case .taker: .taker(TakerMove(timing: timing))
        }
    }

    private func open(
        _ key: MovePartyKey, _ move: MoveDescription, _ machine: MoveMachine
    ) -> AsyncStream<MovePartyInput>.Continuation? {
        guard parties[key] == nil else { return nil }
        let (inputs, continuation) = AsyncStream.makeStream(of: MovePartyInput.self)
        parties[key] = continuation
        launching.yield(Launch(key: key, move: move, machine: machine, inputs: inputs))
        return continuation
    }

    private func give(_ input: MovePartyInput, to key: MovePartyKey) { parties[key]?.yield(input) }

    /// Runs one party to its end.
    private func serve(_ launch: Launch) async {
        var machine = launch.machine
        var deadline = 0
        for await first in launch.inputs {
            if case .deadline(let number) = first, number != deadline { continue }
            var inputs = [first]
            while !inputs.isEmpty {
                for action in machine.handle(inputs.removeFirst()) {
                    switch action {
                    case .setDeadline(let duration):
                        deadline += 1
                        if let duration { alarms.add(launch.key, number: deadline, after: duration) }
                    case .finish: close(launch.key, machine)
                    default:
                        do {
                            if let answer = try await perform(action, launch.key, launch.move) { inputs.append(answer) }
                        } catch {
                            // What was not made durable must not be acted on: the others will ask, and find nobody.
                            tell(.failed("\(error)"), launch.key)
                            close(launch.key, nil)
                            return
                        }
                    }
                }
            }
        }
    }

    private func close(_ key: MovePartyKey, _ machine: MoveMachine?) {
        if case .source(let source) = machine, case .finished(let outcome) = source.state {
            tell(.finished(outcome), key)
        }
        finished[key] = machine
        parties.removeValue(forKey: key)?.finish()
    }

    func tell(_ kind: MoveEvent.Kind, _ key: MovePartyKey) {
        telling.yield(MoveEvent(key: key, kind: kind, instant: .now))
    }

    func send(_ message: MoveMessage, from sender: MoveRole, to receiver: MoveRole, _ move: MoveDescription) async {
        let envelope = MoveEnvelope(
            id: move.id, subject: move.subject, route: move.route, sender: sender, receiver: receiver, message: message)
        let name = move.route[receiver]
        if name == node { await deliver(envelope) } else { await environment.send(envelope, name) }
    }
}
