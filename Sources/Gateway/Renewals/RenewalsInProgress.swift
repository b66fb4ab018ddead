import ContextTransfer
import ForwardingPath
import IPsec

/// The SAs that a taker negotiates anew in a holder's place, this node being one of both: owns their machines, and
/// carries out what they ask for. And what gateways are asked before anything is moved.
actor RenewalsInProgress {
    enum Input: Sendable {
        case holder(RenewalMove.Input)
        case taker(RenewalTaking.Input)
        /// The deadline with that number.
        case deadline(Int)
    }

    struct Running {
        let move: MoveDescription
        let isHolder: Bool
        let inputs: AsyncStream<Input>.Continuation
    }

    struct Launch: Sendable {
        var party: RenewalParty
        let inputs: AsyncStream<Input>
        let feeding: AsyncStream<Input>.Continuation
    }

    nonisolated let node: NodeName
    let stack: any IPsecStack
    let moves: MovesInProgress
    let environment: RenewalEnvironment
    let timing: MoveTiming
    private(set) var running: [MoveID: Running] = [:]
    /// Who waits for a gateway's word.
    private var asking: [MoveID: AsyncStream<TakerWord>.Continuation] = [:]
    /// How long other routers took for their words.
    private(set) var roundTrips = RoundTrips()
    private let launches: AsyncStream<Launch>
    private let launching: AsyncStream<Launch>.Continuation

    /// How many negotiations in a move's place there are at the most.
    private static let limit = 10_000
    /// How long a gateway has for its word.
    private static let patience = Duration.seconds(2)
    /// How long one has that is asked only to see how far it is.
    private static let shortPatience = Duration.milliseconds(500)

    init(
        node: NodeName, stack: any IPsecStack, moves: MovesInProgress, environment: RenewalEnvironment,
        timing: MoveTiming
    ) {
        (self.node, self.stack, self.moves) = (node, stack, moves)
        (self.environment, self.timing) = (environment, timing)
        (launches, launching) = AsyncStream.makeStream()
    }

    func run() async {
        await withDiscardingTaskGroup { group in
            for await launch in launches { group.addTask { await self.serve(launch) } }
            group.cancelAll()
        }
    }

    /// Has a taker negotiate SAs of this node anew; `false` where they are moving or negotiated already.
    func begin(_ move: MoveDescription, _ task: RenewalTask, by requestedBy: String) async -> Bool {
        guard await moves.beginRenewal(Set(task.associations.map(\.replaces))) else { return false }
        open(RenewalParty(move: move, peer: move.route.taker, requestedBy: requestedBy, task: task, timing: timing))
        running[move.id]?.inputs.yield(.holder(.start))
        return true
    }

    /// An operator wants to stop it; `false` when this node leads no such move any more.
    func abort(_ id: MoveID, by operator: String) -> Bool {
        guard let party = running[id], party.isHolder else { return false }
        party.inputs.yield(.holder(.abort(by: `operator`)))
        return true
    }

    // MARK: What others say

    func receive(_ message: RenewalMessage) async {
        switch message.content {
        case .survey(let offers):
            guard let word = await word(about: offers) else { return }
            send(.surveyed(word), message.id, to: message.sender)
        case .surveyed(let word): asking[message.id]?.yield(word)
        case .succession, .ended, .renew, .takeOver, .left, .done: return
        case .order, .ready, .forwarding, .renewed, .refused:
            if running[message.id] == nil, message.content.opens {
                guard running.count < Self.limit else { return send(.refused(.busy), message.id, to: message.sender) }
                let subject = message.content.subject ?? MoveSubject(address: IPAddress(v4: 0, 0, 0, 0))
                let route = MoveRoute(holder: message.sender, source: message.sender, target: node, taker: node)
                open(
                    RenewalParty(
                        move: MoveDescription(id: message.id, subject: subject, route: route), peer: message.sender,
                        timing: timing))
            }
            guard let party = running[message.id],
                message.sender == (party.isHolder ? party.move.route.taker : party.move.route.holder)
            else { return }
            party.inputs.yield(
                party.isHolder ? .holder(.received(message.content)) : .taker(.received(message.content)))
        }
    }

    /// What this node says to SAs that would be moved to it; `nil` where its stack cannot be read.
    func word(about offers: [AssociationOffer]) async -> TakerWord? {
        guard let verdicts = try? await moves.verdicts(offers), let able = try? await stack.capabilities() else {
            return nil
        }
        return TakerWord(
            verdicts: verdicts, suites: able.suites.sorted { $0.name < $1.name }, spiConflict: environment.spiConflict,
            canReassign: able.oldNames == .any)
    }

    /// How many SAs are asked about in one message, which has room for them.
    private static let most = 300

    /// What a gateway says to SAs; `nil` where it does not answer in time.
    func survey(_ taker: NodeName, _ offers: [AssociationOffer]) async -> TakerWord? {
        var whole: TakerWord?
        for start in stride(from: 0, to: offers.count, by: Self.most) {
            let some = Array(offers[start..<min(start + Self.most, offers.count)])
            guard let word = await ask(taker, some, for: Self.patience) else { return nil }
            whole = TakerWord(
                verdicts: (whole?.verdicts ?? []) + word.verdicts, suites: word.suites, spiConflict: word.spiConflict,
                canReassign: word.canReassign)
        }
        return whole
    }

    /// Sees how far these routers are, all at the same time: by an empty question, after which nothing is to be looked up. Twice
    /// where there may have been no connection to one yet.
    func measure(_ routers: Set<NodeName>) async {
        await withDiscardingTaskGroup { group in
            for router in routers {
                let times = roundTrips[router] == nil ? 2 : 1
                group.addTask {
                    for _ in 0..<times where await self.ask(router, [], for: Self.shortPatience) == nil { return }
                }
            }
        }
    }

    private func ask(_ taker: NodeName, _ offers: [AssociationOffer], for patience: Duration) async -> TakerWord? {
        let start = ContinuousClock.now
        let id = MoveID.random()
        let (words, telling) = AsyncStream.makeStream(of: TakerWord.self, bufferingPolicy: .bufferingOldest(1))
        asking[id] = telling
        defer { asking[id] = nil }
        let word = await withTaskGroup(of: Void.self) { group -> TakerWord? in
            group.addTask { [timing] in
                let end = start + patience
                while !Task.isCancelled, ContinuousClock.now < end {
                    await self.send(.survey(offers), id, to: taker)
                    do { try await Task.sleep(for: timing.retry) } catch { return }
                }
                telling.finish()
            }
            defer { group.cancelAll() }
            for await word in words where word.verdicts.count == offers.count { return word }
            return nil
        }
        if word != nil { timed(start, taker) }
        return word
    }

    /// Of an answer to a question that was asked again nobody knows which of both it is for.
    private func timed(_ start: ContinuousClock.Instant, _ router: NodeName) {
        let duration = ContinuousClock.now - start
        if duration < timing.retry { roundTrips.take(duration, of: router) }
    }

    func send(_ content: RenewalMessage.Content, _ id: MoveID, to peer: NodeName) {
        environment.send(RenewalMessage(id: id, sender: node, receiver: peer, content: content))
    }

    private func open(_ party: RenewalParty) {
        let (inputs, feeding) = AsyncStream.makeStream(of: Input.self)
        running[party.move.id] = Running(move: party.move, isHolder: party.isHolder, inputs: feeding)
        launching.yield(Launch(party: party, inputs: inputs, feeding: feeding))
    }

    /// A party that only answers for what is over needs no task.
    func close(_ id: MoveID) { running.removeValue(forKey: id)?.inputs.finish() }
}

extension RenewalMessage.Content {
    /// Whether it is for a taker that may know nothing of it yet.
    fileprivate var opens: Bool {
        switch self {
        case .order, .forwarding: true
        case .survey, .surveyed, .ready, .renewed, .refused, .succession, .ended, .renew, .takeOver, .left, .done: false
        }
    }

    fileprivate var subject: MoveSubject? {
        if case .order(let task) = self { task.associations.first?.subject } else { nil }
    }
}

extension AssociationTemplate {
    /// Whose SA it is, as moves see it.
    var subject: MoveSubject {
        MoveSubject(address: direction == .inbound ? source : replaces.destination, realm: replaces.realm)
    }
}
