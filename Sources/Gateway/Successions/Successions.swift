import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

/// Has SAs that the IKE daemon here negotiated in the place of others follow these to the gateways that took them, and end there
/// when it ends them; and does for SAs that came from other gateways what those ask for in the same way.
actor Successions {
    nonisolated let node: NodeName
    let stack: any IPsecStack
    let moves: MovesInProgress
    let environment: SuccessionEnvironment
    let timing: MoveTiming
    var whereabouts = Whereabouts()
    /// New SAs here that are on their way.
    var following: Set<SAIdentifier> = []
    /// Those of them that wait for others of the same user, to go together.
    var gathering: [MoveSubject: Set<SAIdentifier>] = [:]
    /// Those that could not go where their user's went: something there may be in their way until it ends.
    var waiting: Set<SAIdentifier> = []
    /// New SAs here for which nothing comes, of which the operator was told.
    var told: Set<SAIdentifier> = []
    /// SAs that came from elsewhere, and whose renewal was asked for there.
    var renewing: Set<SAIdentifier> = []
    /// The routes by which others were told that new SAs are about to come.
    private var announced: [MoveRoute: ContinuousClock.Instant] = [:]
    /// Who waits for the end of a move that this daemon ordered.
    private var ends: [MoveID: AsyncStream<MoveOutcome>.Continuation] = [:]
    /// Who waits for another router's answer.
    private var asking: [MoveID: AsyncStream<RenewalMessage.Content>.Continuation] = [:]
    /// What was asked here, and the answer, once there is one; the oldest first.
    private var answers: [(id: MoveID, answer: RenewalMessage.Content?)] = []
    private let jobs: AsyncStream<Job>
    private let ordering: AsyncStream<Job>.Continuation

    /// What takes its time.
    private enum Job: Sendable {
        case answer(RenewalMessage)
        case take(IKEWord)
        case renew([SAIdentifier], at: NodeName)
        /// From where they came, where that is known.
        case replace([SAIdentifier], from: NodeName?)
        case leave
    }

    /// How many answers are remembered, for those who ask again.
    private static let memory = 1_000
    /// How long after it was announced a new SA may come.
    private static let announcement = Duration.seconds(60)

    init(
        node: NodeName, stack: any IPsecStack, moves: MovesInProgress, environment: SuccessionEnvironment,
        timing: MoveTiming
    ) {
        (self.node, self.stack, self.moves) = (node, stack, moves)
        (self.environment, self.timing) = (environment, timing)
        (jobs, ordering) = AsyncStream.makeStream()
    }

    /// Runs until cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            if let ike = environment.ike {
                group.addTask { [ordering] in for await word in ike.words { ordering.yield(.take(word)) } }
            }
            for await job in jobs { group.addTask { await self.carryOut(job) } }
            group.cancelAll()
        }
    }

    private func carryOut(_ job: Job) async {
        switch job {
        case .answer(let message): await answer(message)
        case .take(.renewed(let successions)): await follow(successions)
        case .take(.began(let identifiers)): await welcome(identifiers)
        case .take(.ended(let identifiers)):
            told.subtract(identifiers)
            waiting.subtract(identifiers)
            whereabouts.forget(ended: identifiers)
            await tellEnd(of: identifiers)
        case .renew(let identifiers, let holder): await askForRenewal(of: identifiers, at: holder)
        case .replace(let identifiers, let home): await replace(identifiers, from: home)
        case .leave: await leave()
        }
    }

    // MARK: What moves do

    /// Takes in what a daemon that was restarted finds in its journal.
    func restore(_ notes: [MoveNote]) { whereabouts = Whereabouts(notes) }

    func take(_ event: MoveEvent) {
        if case .missing(let identifiers) = event.kind { lost(identifiers) }
        whereabouts.take(event)
        let leader: MoveRole = event.move.route.source == node ? .source : .holder
        guard case .stands(.over(let outcome)) = event.kind, event.key.role == leader else { return }
        ends[event.move.id]?.yield(outcome)
    }

    /// Has a move begin that no operator is asked about again, unless its previous router, where that is another one, does;
    /// waits for its end. `nil` where another one of the same user is under way.
    func end(of move: MoveDescription, _ request: MoveRequest) async -> MoveOutcome? {
        let (outcomes, telling) = AsyncStream.makeStream(of: MoveOutcome.self, bufferingPolicy: .bufferingOldest(1))
        ends[move.id] = telling
        defer { ends[move.id] = nil }
        if move.route.source == node {
            guard await moves.lead(move, request, approval: .automatic) else { return nil }
        } else {
            await moves.request(move, request)
        }
        for await outcome in outcomes { return outcome }
        return .failed(.restarted(.holder))
    }

    /// Whether a move by that route may begin here, whatever the paths are now: its SAs take the place of some that came so.
    func expects(_ route: MoveRoute) -> Bool {
        announced[route].map { ContinuousClock.now - $0 < Self.announcement } ?? false
    }

    func expect(_ routes: Set<MoveRoute>) {
        announced = announced.filter { ContinuousClock.now - $0.value < Self.announcement }
        for route in routes { announced[route] = .now }
    }

    // MARK: What others say

    /// Takes a message, whose sender was authenticated.
    func receive(_ message: RenewalMessage) {
        switch message.content {
        case .done, .refused: asking[message.id]?.yield(message.content)
        case .succession, .ended, .renew, .takeOver, .left:
            if let known = answers.first(where: { $0.id == message.id }) {
                if let answer = known.answer { send(answer, message.id, to: message.sender) }
                return
            }
            answers.append((message.id, nil))
            if answers.count > Self.memory { answers.removeFirst() }
            ordering.yield(.answer(message))
        case .survey, .surveyed, .order, .ready, .forwarding, .renewed: return
        }
    }

    /// Whether somebody here waits for that answer.
    func isAsking(_ id: MoveID) -> Bool { asking[id] != nil }

    private func answer(_ message: RenewalMessage) async {
        let answer = await answer(to: message.content, of: message.sender)
        if let index = answers.firstIndex(where: { $0.id == message.id }) { answers[index].answer = answer }
        send(answer, message.id, to: message.sender)
    }

    /// Says something to another router until it answers; `nil` where it did not in time.
    func ask(
        _ peer: NodeName, _ content: RenewalMessage.Content, for patience: Duration
    ) async -> RenewalMessage.Content? {
        let id = MoveID.random()
        let (words, telling) = AsyncStream.makeStream(
            of: RenewalMessage.Content.self, bufferingPolicy: .bufferingOldest(1))
        asking[id] = telling
        defer { asking[id] = nil }
        let end = ContinuousClock.now + patience
        return await withTaskGroup(of: Void.self) { [timing] group in
            group.addTask {
                while !Task.isCancelled, ContinuousClock.now < end {
                    await self.send(content, id, to: peer)
                    do { try await Task.sleep(for: timing.retry) } catch { return }
                }
                telling.finish()
            }
            defer { group.cancelAll() }
            for await word in words { return word }
            return nil
        }
    }

    func send(_ content: RenewalMessage.Content, _ id: MoveID, to peer: NodeName) {
        environment.send(RenewalMessage(id: id, sender: node, receiver: peer, content: content))
    }

    func report(_ kind: EventKind, _ action: String, _ associations: [String], _ text: String) {
        environment.report(
            SuccessionEnvironment.Told(kind: kind, action: action, associations: associations, text: text))
    }

    /// Whether the IKE daemon here still has SAs that have moved away.
    var hasGivenAway: Bool { environment.ike != nil && !whereabouts.left.isEmpty }

    /// This gateway was drained: nothing is to depend on it any more.
    func drained() { ordering.yield(.leave) }

    // MARK: What ends by itself

    /// SAs that had to be here are nowhere: there are to be new ones.
    func lost(_ identifiers: [SAIdentifier]) {
        let homes = Dictionary(grouping: identifiers) { whereabouts.arrived[$0]?.route.holder }
        for (home, identifiers) in homes { ordering.yield(.replace(identifiers, from: home)) }
    }

    /// Where an SA that came from elsewhere has to be renewed, key management there is asked for it; `false` where it is this
    /// gateway's own.
    func softLifetimeReached(_ identifier: SAIdentifier) -> Bool {
        guard let move = whereabouts.arrived[identifier] else { return false }
        if renewing.insert(identifier).inserted { ordering.yield(.renew([identifier], at: move.route.holder)) }
        return true
    }
}
