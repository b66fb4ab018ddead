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
    /// Who must agree to moves that this node leads, where their applicant does not say.
    let approval: ApprovalPolicy
    /// How many parties may be open before others' first messages are refused.
    let partyLimit: Int
    let alarms: Alarms
    /// The time since it was made, by the same clock.
    let elapsed: @Sendable () -> Duration
    /// The move that put an SA in force here, until a later one takes it away.
    var installedBy: [SAIdentifier: MoveID] = [:]
    /// The moves that are prepared here, by what their SAs will be called.
    var holding: [SAIdentifier: MoveID] = [:]
    /// Moves that put SAs in force here and are not over yet.
    var arriving: Set<MoveID> = []
    /// Moves for which SAs here are out of service, or about to be, until it is durable what became of them.
    var leaving: [MoveID: Set<SAIdentifier>] = [:]
    /// SAs here that are being negotiated anew, and how often that was asked for: no move takes them out of service
    /// meanwhile.
    private(set) var renewing: [SAIdentifier: Int] = [:]
    /// Moves whose update came through the previous router: it is acknowledged the same way.
    var detours: Set<MoveID> = []
    /// New SAs here that are not used at both ends yet: a negotiation that comes to nothing takes them away, so no move may.
    private(set) var unsettled: Set<SAIdentifier> = []
    /// Parties whose note cannot be read; the operator was told.
    var unreadable: Set<MovePartyKey> = []
    private(set) var parties: [MovePartyKey: Running] = [:]
    /// The subjects of the moves that this node leads: one move, or group of moves, at a time for each.
    var led: [MoveSubject: MoveID] = [:]
    /// The groups that this node leads.
    var groups: [MoveID: GroupMove] = [:]
    /// The groups of moves that have a party here which an operator may have to decide about.
    var memberships: [MoveID: MoveID] = [:]
    /// The drains of moves that have a party here which an operator may have to decide about.
    var drains: [MoveID: DrainKey] = [:]
    var drainDecisions: [DrainDecision] = []
    /// How members stood when their group was told last.
    var groupStandings: [MoveID: GroupMove.Standing] = [:]
    /// Who waits for a gateway's answer to a survey.
    var surveys: [MoveID: AsyncStream<[AssociationSummary]>.Continuation] = [:]
    /// Who waits for new paths, by the question.
    var pathsSought: [MoveID: AsyncStream<PathAnswer>.Continuation] = [:]
    /// Groups that a restart found committed.
    var committedGroups: Set<MoveID> = []
    private let launches: AsyncStream<Launch>
    private let launching: AsyncStream<Launch>.Continuation
    private let telling: AsyncStream<MoveEvent>.Continuation

    /// A party that is to be run.
    private struct Launch: Sendable {
        let party: MoveParty
        let inputs: AsyncStream<MovePartyInput>
    }

    /// A party whose task runs.
    struct Running {
        let move: MoveDescription
        let inputs: AsyncStream<MovePartyInput>.Continuation
    }

    package init(
        node: NodeName, stack: any IPsecStack, environment: MoveEnvironment, timing: MoveTiming = MoveTiming(),
        approval: ApprovalPolicy = .automatic, partyLimit: Int = 20_000, clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.node = node
        self.stack = stack
        self.environment = environment
        self.timing = timing
        self.approval = approval
        self.partyLimit = partyLimit
        alarms = Alarms(clock: clock)
        elapsed = Stopwatch(clock).time
        (events, telling) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(100_000))
        (launches, launching) = AsyncStream.makeStream()
    }

    /// Runs the parties until cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                await self.alarms.run { await self.pass($0) }
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
        open(key, move, .holder(HolderMove(requesting: request, timing: timing)), offer: request.offer)
        give(.start, to: key)
    }

    /// Starts a move that this node leads as the previous router, unless one of the same subject is under way.
    @discardableResult
    package func lead(_ move: MoveDescription, _ request: MoveRequest, approval: ApprovalPolicy) -> Bool {
        let key = MovePartyKey(id: move.id, role: .source)
        guard parties[key] == nil, led[move.subject] == nil else { return parties[key] != nil }
        var offer = request.offer
        offer.needsApproval = approval.needsTarget
        join(drain: offer.drain, move)
        let machine = SourceMove(offer: offer, approval: approval, stepping: request.stepping, timing: timing)
        open(key, move, .source(machine), offer: offer)
        give(.start, to: key)
        return true
    }

    /// An operator here agrees, or does not, to a move, its group and its drain; `false` when the move has no party here that could take it.
    package func approve(_ id: MoveID, agrees: Bool, by operator: String) -> Bool {
        let input = agrees ? MovePartyInput.approved(by: `operator`) : .denied(by: `operator`)
        let mates = decideDrain(of: id, agrees: agrees, by: `operator`) ?? kin(of: id)
        let keys = mates.flatMap { id in [MoveRole.source, .target].map { MovePartyKey(id: id, role: $0) } }
        return !keys.filter { give(input, to: $0) }.isEmpty
    }

    /// An operator wants to stop a move that this node leads, and with it its group; `false` when it leads no such move
    /// any more, or a part of the group may have moved.
    package func abort(_ id: MoveID, by operator: String) -> Bool {
        if let group = memberships[id].flatMap({ groups[$0] }), !group.isAbortable { return false }
        return !kin(of: id).filter { give(.abort(by: `operator`), to: MovePartyKey(id: $0, role: .source)) }.isEmpty
    }

    /// The key that a stepping move waits for, and with it its group; `false` when this node leads no such move any
    /// more, or not all of the group are there yet.
    package func proceed(_ id: MoveID) -> Bool {
        if let group = memberships[id], groups[group] != nil { return proceed(group: group) }
        return give(.proceed, to: MovePartyKey(id: id, role: .source))
    }

    /// SAs here were rekeyed, deleted or expired: a move that has not taken them out of service ends.
    package func associationsChanged(_ identifiers: Set<SAIdentifier>, _ reason: MoveReason) async throws {
        for key in parties.keys where key.role == .holder { give(.associationsChanged(identifiers, reason), to: key) }
        if reason == .expired { try await forgetArrivals(of: identifiers) }
    }

    /// SAs here are about to be negotiated anew: a move that has not taken them out of service ends. `false`, and nothing
    /// changes, where one has.
    package func beginRenewal(_ identifiers: Set<SAIdentifier>) -> Bool {
        guard !isLeaving(identifiers) else { return false }
        for identifier in identifiers { renewing[identifier, default: 0] += 1 }
        for key in parties.keys where key.role == .holder {
            give(.associationsChanged(identifiers, .associationChanged), to: key)
        }
        return true
    }

    /// A negotiation came to nothing.
    package func endRenewal(_ identifiers: Set<SAIdentifier>) {
        for identifier in identifiers {
            guard let count = renewing[identifier] else { continue }
            renewing[identifier] = count > 1 ? count - 1 : nil
        }
    }

    /// Others took their place.
    package func renewed(_ identifiers: [SAIdentifier]) { for identifier in identifiers { renewing[identifier] = nil } }

    /// Whether moves take SAs away from here, or may have.
    package var isHolding: Bool { parties.keys.contains { $0.role == .holder } }

    /// New SAs are about to be here, and may be taken away again: until they are settled no move takes them.
    package func hold(unsettled identifiers: [SAIdentifier]) { unsettled.formUnion(identifiers) }

    /// New SAs are used at both ends, or gone.
    package func settle(_ identifiers: [SAIdentifier]) { unsettled.subtract(identifiers) }

    /// Whether a negotiation is about these SAs.
    func isNegotiated(_ identifiers: some Sequence<SAIdentifier>) -> Bool {
        identifiers.contains { renewing[$0] != nil || unsettled.contains($0) }
    }

    /// How many parties are open here.
    package var partyCount: Int { parties.count }

    /// Whether SAs are between this gateway and another one: out of service here, or expected.
    package var isAmidMoves: Bool { !leaving.isEmpty || !holding.isEmpty }

    /// The SAs here that are out of service for a move, and the move.
    package var moving: [SAIdentifier: MoveID] {
        var moving: [SAIdentifier: MoveID] = [:]
        for (id, identifiers) in leaving { for identifier in identifiers { moving[identifier] = id } }
        return moving
    }

    /// Whether this node leads a move of this subject that is not over.
    package func leads(_ subject: MoveSubject) -> Bool { led[subject] != nil }

    /// Opens a party, unless it is open already.
    ///
    /// - Parameter note: what it wrote last, of a party that is made anew.
    func open(
        _ key: MovePartyKey, _ move: MoveDescription, _ machine: MoveMachine, offer: MoveOffer? = nil,
        after note: MoveNote? = nil
    ) {
        guard parties[key] == nil else { return }
        let (inputs, continuation) = AsyncStream.makeStream(of: MovePartyInput.self)
        parties[key] = Running(move: move, inputs: continuation)
        let group = offer?.group ?? note?.group
        if key.role == .source, note?.isOver != true {
            // One of a group that was through before a restart is led by itself.
            let leader = group.flatMap { groups[$0] == nil ? nil : $0 }
            if let leader { memberships[move.id] = leader }
            if led[move.subject] == nil { led[move.subject] = leader ?? move.id }
        }
        let by = offer?.requestedBy ?? note?.requestedBy ?? ""
        let party = MoveParty(
            key: key, move: move, machine: machine, by: by, group: group, isReleased: note?.record == .released)
        // One that only answers for what is over is no news.
        if note?.isOver != true {
            tell(.stands(machine.standing(nil)), key, move)
            if let offer { tell(.about(offer.names, requestedBy: by, group: group, drain: offer.drain), key, move) }
            if let note {
                tell(.about(note.identifiers.map(\.spi.description), requestedBy: by, group: group), key, move)
            }
        }
        launching.yield(Launch(party: party, inputs: inputs))
    }

    @discardableResult
    func give(_ input: MovePartyInput, to key: MovePartyKey) -> Bool {
        guard let party = parties[key] else { return false }
        party.inputs.yield(input)
        return true
    }

    /// Runs one party to its end.
    private func serve(_ launch: Launch) async {
        var party = launch.party
        var isClosed = false
        for await first in launch.inputs {
            guard let first = party.taking(first) else { continue }
            var inputs = [first]
            while !inputs.isEmpty {
                let input = inputs.removeFirst()
                let actions = party.handle(input)
                // What never left its gateway is in no other move's way, whoever has not heard of the end yet.
                if party.leavesNothing, led[party.move.subject] == party.key.id { led[party.move.subject] = nil }
                if let told = party.takeOffer(input) { tell(told, party.key, party.move) }
                do {
                    for action in actions {
                        if let answer = try await perform(party.timed(action), &party) { inputs.append(answer) }
                    }
                } catch {
                    // What was not made durable must not be acted on: the others will ask, and it comes back.
                    tell(.failed("\(error)"), party.key, party.move)
                    tellGroup(.failing, of: party)
                    guard !isClosed else { return }
                    close(party)
                    alarms.add(party.key, number: party.deadline, after: timing.holderLimit)
                    return
                }
                if let standing = party.takeStanding() {
                    if let decided = decision(for: party, standing: standing) {
                        inputs.append(decided)
                    } else {
                        tell(.stands(standing), party.key, party.move)
                    }
                }
                if let standing = party.machine.groupStanding { tellGroup(standing, of: party) }
            }
            // What came meanwhile is still answered.
            if party.isDone, !isClosed { close(party) }
            isClosed = party.isDone
        }
    }

    private func close(_ party: MoveParty) {
        alarms.cancel(party.key)
        parties.removeValue(forKey: party.key)?.inputs.finish()
        if led[party.move.subject] == party.key.id, party.key.role == .source { led[party.move.subject] = nil }
        guard party.key.role == .source || party.key.role == .target else { return }
        leaveGroup(party.key.id)
        leaveDrain(party.key.id)
    }

    /// What another owner of parties tells, in one row with what the parties here do.
    nonisolated func report(_ event: MoveEvent) { telling.yield(event) }

    func tell(
        _ kind: MoveEvent.Kind, _ key: MovePartyKey, _ move: MoveDescription, at instant: ContinuousClock.Instant = .now
    ) {
        telling.yield(MoveEvent(key: key, move: move, kind: kind, instant: instant))
    }
}
