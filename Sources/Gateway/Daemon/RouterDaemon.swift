import ContextTransfer
import Credentials
package import ForwardingPath
import GatewayAPI
package import IPsec
package import Logging

/// One router daemon: a stack, links to the other routers, the moves that it has a part in, its journal and its API.
package actor RouterDaemon {
    package nonisolated let node: NodeName
    nonisolated let settings: DaemonSettings
    nonisolated let stack: any IPsecStack
    nonisolated let journal: Journal
    nonisolated let moves: MovesInProgress
    nonisolated let links: PeerLinks
    nonisolated let surroundings: Surroundings
    nonisolated let post: Post
    nonisolated let sent = SentOctets()
    nonisolated let traced = TraceLog()
    nonisolated let logger: Logger
    nonisolated let started = ClockTime.now

    /// Where the other ends of SAs here are, of which their addresses do not tell.
    var farPlaces: [SAIdentifier: NodeName] = [:]
    nonisolated let farPlacesAsked: AsyncStream<Void>
    nonisolated let farPlacesWanted: AsyncStream<Void>.Continuation
    nonisolated let renewalsAsked: AsyncStream<LostAssociations>
    nonisolated let renewals: AsyncStream<LostAssociations>.Continuation
    private nonisolated let keyExchangePlace = KeyExchangePlace()
    nonisolated let renewalsInProgress: RenewalsInProgress
    nonisolated let successions: Successions
    nonisolated let told: AsyncStream<SuccessionEnvironment.Told>
    private nonisolated let negotiations: AsyncStream<KeyExchangeMessage>
    private nonisolated let negotiating: AsyncStream<KeyExchangeMessage>.Continuation

    /// Requests of mobile nodes and new routers, and answers to them.
    nonisolated let activations: AsyncStream<(NodeName, CXTPMessage)>
    nonisolated let activating: AsyncStream<(NodeName, CXTPMessage)>.Continuation
    /// How many requests for contexts were granted here, as the previous router.
    package internal(set) var grantedRequests = 0
    /// Questions about new paths.
    nonisolated let searches: AsyncStream<MoveEnvelope>
    nonisolated let searching: AsyncStream<MoveEnvelope>.Continuation
    /// The routers whose question is not answered yet.
    var sought: Set<NodeName> = []
    var activationMemory = ActivationMemory()
    var awaitedAnswers: [IPAddress: CheckedContinuation<Bool?, Never>] = [:]

    var network: Network
    private var planes: [String: Plane]
    var ledger = MoveLedger()
    /// The last events, the oldest first.
    var events: [ReportedEvent] = []
    /// The number of the last event, durable or not.
    var lastEvent: UInt64 = 0
    /// Those that are not in the journal yet.
    var unwritten: [ReportedEvent] = []
    /// The last of the writings, each of which waits for the one before.
    var lastWriting: Task<Void, Never>?
    /// Some are to be written, which may be a little later.
    nonisolated let writing: AsyncStream<Void>
    nonisolated let writingWanted: AsyncStream<Void>.Continuation
    var cache: (time: ContinuousClock.Instant, snapshot: GatewaySnapshot)?
    var types = TypeCache()
    var pauses = PauseMemory()
    /// The drain under way, or the last one.
    var drain: Drain?
    nonisolated let drainWork: AsyncStream<DrainWork>
    nonisolated let drainWorkWanted: AsyncStream<DrainWork>.Continuation
    /// What the stack said when it was last read.
    var lastReading = StackReading()
    /// Whether the stack could not be read since.
    var isStackSilent = false
    /// What moves brought here that are not over.
    private var installedHere: [MoveID: [SAIdentifier]] = [:]
    /// Who waits for moves to stand differently.
    var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
    var nextListener = 0
    private(set) var isStopped = false
    private var refusedMessages = RefusedMessages()
    /// What routers began to say.
    private var assemblers: [NodeName: EnvelopeAssembler] = [:]
    /// How many octets each of them has said of it.
    private var assembled: [NodeName: Int] = [:]
    /// In how many messages.
    private var parts: [NodeName: Int] = [:]
    var servers: GatewayServers?
    /// What new connections prove by who this is, and check the other end by.
    var trust: (credential: Credential, authority: String)
    /// Who waits for ``servers``.
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// How many events a snapshot may have.
    static let eventLimit = 1_000

    /// A daemon on `stack`, which its caller runs; the journal is opened here.
    package init(
        _ settings: DaemonSettings, stack: any IPsecStack, surroundings: Surroundings, logger: Logger
    ) throws {
        (node, network, planes) = (settings.node, settings.network, settings.planes)
        trust = (settings.credential, settings.authority)
        (self.settings, self.stack, self.surroundings, self.logger) = (settings, stack, surroundings, logger)
        let journal = try Journal(path: settings.journal)
        let links = try PeerLinks(
            credential: settings.credential, authority: settings.authority, listen: settings.cxtp,
            nodes: Set(settings.network.nodes.map(\.name)), endpoints: surroundings.endpoints,
            trusted: settings.trusted, tap: settings.trusted == nil ? nil : surroundings.tap, logger: logger)
        (self.journal, self.links) = (journal, links)
        (writing, writingWanted) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (renewalsAsked, renewals) = AsyncStream.makeStream()
        (drainWork, drainWorkWanted) = AsyncStream.makeStream()
        (activations, activating) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1_000))
        (searches, searching) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(100))
        (farPlacesAsked, farPlacesWanted) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (negotiations, negotiating) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(10_000))
        let post = Post(
            node: settings.node, links: links, sent: sent, trace: surroundings.trace, log: traced,
            logger: logger)
        self.post = post
        let renewals = renewals
        moves = MovesInProgress(
            node: settings.node, stack: stack,
            environment: MoveEnvironment(
                send: { envelope, receiver in post.send(envelope, to: receiver) },
                record: { note in try await journal.keep(note) },
                recall: { key in try await journal.note(key) },
                redirect: surroundings.redirect, forwardingTarget: surroundings.forwardingTarget,
                naming: settings.network.node(settings.node).map {
                    NamingRules($0, spiConflict: settings.spiConflict)
                } ?? NamingRules(),
                renew: { lost in renewals.yield(lost) }),
            timing: settings.timing, approval: settings.approval)
        let place = keyExchangePlace
        renewalsInProgress = RenewalsInProgress(
            node: settings.node, stack: stack, moves: moves,
            environment: RenewalEnvironment(
                send: { message in post.send(message) }, keyExchange: { place.keyExchange },
                spiConflict: settings.spiConflict, forwardingTarget: surroundings.forwardingTarget,
                renew: { lost in renewals.yield(lost) }, withdraw: surroundings.withdraw),
            timing: settings.timing)
        let (told, telling) = AsyncStream.makeStream(of: SuccessionEnvironment.Told.self)
        self.told = told
        successions = Successions(
            node: settings.node, stack: stack, moves: moves,
            environment: SuccessionEnvironment(
                ike: surroundings.ike, send: { message in post.send(message) }, report: { telling.yield($0) }),
            timing: settings.timing)
    }

    /// `nil` before the daemon runs, and where there is none.
    nonisolated var keyExchange: (any KeyExchange)? { keyExchangePlace.keyExchange }

    /// The port for routers; waits until it is listened on.
    package nonisolated var cxtpPort: UInt16 { get async throws { try await links.boundPort } }

    /// The port for consoles, `nil` where it serves none over TCP; waits until it is listened on, and throws when the
    /// daemon does not listen any more.
    package var apiPort: UInt16? {
        get async throws {
            while servers == nil {
                guard !isStopped else { throw GatewayServersError.notListening }
                await withCheckedContinuation { waiting.append($0) }
            }
            return try await servers?.boundPort
        }
    }

    /// Runs until it is cancelled, with all sockets closed then.
    package func run() async throws {
        defer {
            isStopped = true
            links.stop()
            goOn()
        }
        let servers = try GatewayServers(
            operations: self, credential: trust.credential, authority: trust.authority, tcp: settings.api,
            socketPath: settings.socket, logger: logger)
        self.servers = servers
        goOn()
        keyExchangePlace.keyExchange = surroundings.keyExchange?(keyExchangeSite(negotiations))
        try await restore()
        do { try await runParts(servers) } catch {
            await writeEvents()
            throw error
        }
        await writeEvents()
    }

    private func runParts(_ servers: GatewayServers) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Traffic waits for these.
            group.addTask(priority: .high) { try await self.links.run() }
            group.addTask(priority: .high) { await self.moves.run() }
            group.addTask { await self.renewalsInProgress.run() }
            group.addTask { await self.successions.run() }
            group.addTask { await self.reportSuccessions() }
            group.addTask(priority: .high) { await self.receive() }
            group.addTask { await self.watchLinks() }
            group.addTask { await self.serveActivations() }
            group.addTask { await self.serveSearches() }
            group.addTask { await self.listen() }
            group.addTask { await self.writeEventsLater() }
            group.addTask { await self.listenToStack() }
            group.addTask { await self.answerFarPlaces() }
            group.addTask { await self.workForDrain() }
            if let keyExchange {
                group.addTask { await keyExchange.run() }
                group.addTask { await self.listenToKeys() }
                group.addTask { await self.renewWhatIsAsked() }
            }
            group.addTask { try await servers.run() }
            logger.info("Router daemon runs", metadata: ["node": "\(node)"])
            // Whichever ends first, the others end with it. After an `await` the body is not on the actor's executor
            // (Swift 6.3.1): what is the actor's is set elsewhere.
            try await group.next()
            group.cancelAll()
        }
    }

    /// The network changed: nodes and so the routers that may connect, paths, mappings. Moves under way keep their
    /// routes.
    ///
    /// - Parameters:
    ///   - planes: the planes of SAs by name; `nil` where they are as before.
    ///   - cause: what changed it, for the audit trail.
    package func replace(network: Network, planes: [String: Plane]? = nil, because cause: String) async {
        if let planes { self.planes = planes }
        await adopt(network)
        await report(.log, action: "paths", text: cause)
    }

    func adopt(_ network: Network) async {
        self.network = network
        types = TypeCache()
        cache = nil
        // In one step with the network: of two changes at once the later one holds for both.
        let gone = links.replace(nodes: Set(network.nodes.map(\.name)))
        await links.dismiss(gone)
    }

    /// The network was to be read anew, and its file is not good: the old one stays.
    package func refused(network problem: String) async {
        await report(.alarm, action: "paths", text: "kept the old network: \(problem)")
    }

    private func goOn() {
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    // MARK: What the daemon has now

    var planner: GatewayPlanner {
        GatewayPlanner(node: node, network: network, planes: planes, farPlaces: farPlaces)
    }

    // MARK: What goes on

    /// Hands what other routers say to the moves.
    private func receive() async {
        for await (from, message) in links.incoming {
            do throws(WireError) {
                if try await take(negotiation: message, from: from) { continue }
                if try take(activation: message, from: from) { continue }
                if try await take(renewal: message, from: from) { continue }
                let envelope = try message.read { octets throws(WireError) in
                    assembled[from, default: 0] += octets.count
                    parts[from, default: 0] += 1
                    return try assemblers[from, default: EnvelopeAssembler()].add(octets)
                }
                guard let envelope else { continue }
                let octets = assembled.removeValue(forKey: from) ?? 0
                let count = parts.removeValue(forKey: from) ?? 1
                if let problem = await problem(with: envelope, from: from) {
                    await refuse(from, problem)
                    continue
                }
                ledger.count(octets: octets, for: envelope.id)
                traced.take(
                    TracedMessage(envelope, isSent: false, from: from, to: node, octets: octets, messages: count))
                if !take(search: envelope) { await moves.deliver(envelope) }
            } catch {
                (assembled[from], parts[from]) = (nil, nil)
                logger.warning("Dropped a message", metadata: ["peer": "\(from)", "reason": "\(error)"])
            }
        }
    }

    /// Why an envelope is not taken; `nil` when it is.
    private func problem(with envelope: MoveEnvelope, from peer: NodeName) async -> String? {
        if let problem = EnvelopeCheck.problem(with: envelope, from: peer, network: network) { return problem }
        guard let problem = RouteCheck.problem(with: envelope, network: network) else { return nil }
        // Moves under way keep their routes, whatever the paths are now, and so do SAs in the place of others.
        if await moves.knows(envelope) { return nil }
        return await successions.expects(envelope.route) ? nil : problem
    }

    /// What a node said is not taken: it is counted, and the operator told of the first, the tenth, and so on.
    private func refuse(_ peer: NodeName, _ problem: String) async {
        guard let count = refusedMessages.take(from: peer) else { return }
        logger.warning(
            "Dropped a message", metadata: ["peer": "\(peer)", "reason": "\(problem)", "count": "\(count)"])
        await report(
            .audit, by: peer.text, action: "drop",
            text: "did not take \(count) message\(count == 1 ? "" : "s") of \(peer), the last because \(problem)")
    }

    /// How many messages of other nodes were not taken.
    package var refusedCount: Int { refusedMessages.total }

    /// Whether the message belongs to a negotiation of keys: then it is given to the key management.
    private func take(negotiation held: HeldMessage, from peer: NodeName) async throws(WireError) -> Bool {
        let message = try held.read { octets throws(WireError) -> KeyExchangeMessage? in
            KeyExchangeMessage.isType(of: octets) ? try KeyExchangeMessage(decoding: octets) : nil
        }
        guard let message else { return false }
        if let problem = KeyExchangeCheck.problem(with: message, from: peer, at: node, network: network) {
            await refuse(peer, problem)
        } else {
            negotiating.yield(message)
        }
        return true
    }

    /// Whether the message is about SAs that are negotiated anew: then it is given to who does that.
    private func take(renewal held: HeldMessage, from peer: NodeName) async throws(WireError) -> Bool {
        let message = try held.read { octets throws(WireError) -> RenewalMessage? in
            RenewalMessage.isType(of: octets) ? try RenewalMessage(decoding: octets) : nil
        }
        guard let message else { return false }
        if let problem = RenewalCheck.problem(with: message, from: peer, at: node, network: network) {
            await refuse(peer, problem)
        } else {
            switch message.content {
            case .succession, .ended, .renew, .takeOver, .left, .done: await successions.receive(message)
            case .refused where await successions.isAsking(message.id): await successions.receive(message)
            default: await renewalsInProgress.receive(message)
            }
        }
        return true
    }

    /// Keeps nothing of what a router did not say to its end before it went.
    private func watchLinks() async {
        for await (node, isUp) in links.changes {
            logger.info("Link", metadata: ["peer": "\(node)", "isUp": "\(isUp)"])
            if !isUp { (assemblers[node], assembled[node], parts[node]) = (nil, nil, nil) }
        }
    }

    /// Takes in what the moves' parties tell.
    private func listen() async {
        for await event in moves.events {
            surroundings.observe(event)
            if case .entered(let phase) = event.kind {
                logger.debug(
                    "Move",
                    metadata: [
                        "move": "\(event.move.id)", "role": "\(event.key.role.name)", "phase": "\(phase.name)",
                    ])
            }
            await successions.take(event)
            countSent()
            let ended = ledger.take(event, clock: ClockTime(event.instant))
            pauses.take(event)
            cache = nil
            tellListeners()
            await report(event)
            if case .installed(let identifiers) = event.kind { installedHere[event.move.id] = identifiers }
            if event.key.role == .taker, case .stands(.over) = event.kind,
                let arrived = installedHere.removeValue(forKey: event.move.id)
            {
                await renewDying(among: arrived)
            }
            if let ended {
                do { try await journal.keep(ended) } catch {
                    logger.error("Cannot write the journal", metadata: ["reason": "\(error)"])
                }
            }
            await drained(event)
        }
    }
}
