package import ContextTransfer
package import ForwardingPath
package import GatewayAPI

/// All gateways together, and what they say of the things that they share.
package struct Fleet: Equatable, Sendable {
    /// In the order that they were named.
    package private(set) var labels: [GatewayLabel] = []
    /// Every move that a gateway knows: those under way first, then the newest first.
    package private(set) var moves: [MergedMove] = [] {
        didSet { places = Dictionary(moves.enumerated().map { ($1.move.id, $0) }) { first, _ in first } }
    }
    private var places: [MoveID: Int] = [:]
    /// The planes that have a path, in their order.
    package private(set) var paths: [MergedPath] = []
    /// How often things of each kind have changed at any gateway.
    package private(set) var revisions = Revisions()
    private var mirrors: [GatewayLabel: GatewayMirror] = [:]
    /// What became of the moves of ``drain``, as far as it was asked for; `nil` while there is none.
    package private(set) var drained: DrainedPage?
    /// What gateways told of the messages of the moves that were looked at last.
    private var traces: [MoveID: [GatewayLabel: [TracedMessage]]] = [:]

    /// Gateways that were not reached yet.
    package init(_ labels: [GatewayLabel] = []) {
        for label in labels { join(label) }
    }

    /// One of them.
    package subscript(label: GatewayLabel) -> GatewayMirror? { mirrors[label] }

    /// All of them, in order.
    package var gateways: [GatewayMirror] { labels.compactMap { mirrors[$0] } }

    /// The gateway that is a node, one that can be reached before another.
    package func gateway(of node: NodeName) -> GatewayMirror? {
        let candidates = gateways.filter { $0.description?.node == node }
        return candidates.first { !$0.isStale } ?? candidates.first
    }

    /// Whether SAs can be moved to a node, as far as its daemon tells.
    func takesAssociations(_ node: NodeName) -> Bool? { gateway(of: node)?.description?.role.takesAssociations }

    /// The move of that name.
    package func move(_ id: MoveID) -> MergedMove? { places[id].map { moves[$0] } }

    /// Takes in news of a gateway that came at `now`.
    package mutating func apply(_ news: GatewayNews, from label: GatewayLabel, at now: ClockTime) {
        change(label) { $0.apply(news, at: now) }
    }

    /// Takes in moves that a gateway told in answer to a request.
    package mutating func learn(_ moves: [ReportedMove], from label: GatewayLabel) {
        change(label) { mirror in
            for move in moves { mirror.learn(move) }
        }
    }

    /// Takes in which messages of a move a gateway sent and received.
    package mutating func learn(_ messages: [TracedMessage], of move: MoveID, from label: GatewayLabel) {
        if traces[move] == nil, traces.count >= 20 { traces = [:] }
        traces[move, default: [:]][label] = messages
    }

    /// The messages of a move between gateways, as far as they were asked for and told.
    package func ladder(of move: MoveID) -> [TracedMessage] {
        var told: [NodeName: [TracedMessage]] = [:]
        for (label, messages) in traces[move] ?? [:] {
            if let node = mirrors[label]?.description?.node { told[node] = messages }
        }
        return [TracedMessage].ladder(told)
    }

    /// The drain that is under way at some gateway, or the last one that was.
    package var drain: ReportedDrain? { drainTeller?.drain }

    /// The gateway that tells of ``drain``.
    package var drainTeller: GatewayMirror? {
        let drained = gateways.filter { $0.drain != nil }
        let began = { (mirror: GatewayMirror) in mirror.drain?.start ?? ClockTime(milliseconds: 0) }
        return drained.first { $0.drain?.end == nil } ?? drained.max { began($0) < began($1) }
    }

    /// Takes in what a gateway told, or did not, of its drain's moves.
    package mutating func learn(_ answer: DrainedAnswer, to query: DrainedQuery, from label: GatewayLabel) {
        guard drained?.gateway == label else { return }
        drained?.take(answer, to: query)
        revisions.drained += 1
    }

    private mutating func join(_ label: GatewayLabel) {
        guard mirrors[label] == nil else { return }
        labels.append(label)
        mirrors[label] = GatewayMirror(label)
        revisions.gateways += 1
    }

    private mutating func change(_ label: GatewayLabel, _ change: (inout GatewayMirror) -> Void) {
        join(label)
        guard var mirror = mirrors.removeValue(forKey: label) else { return }
        let before = mirror.revisions
        change(&mirror)
        let after = mirror.revisions
        mirrors[label] = mirror
        revisions.add(changesFrom: before, to: after)
        if before.moves != after.moves || before.gateways != after.gateways {
            moves = MergedMove.merge(gateways)
            lookAtDrain()
        }
        if before.paths != after.paths || before.gateways != after.gateways {
            paths = MergedPath.merge(gateways, after: paths)
        }
    }

    /// Forgets what became of the moves of another drain than the one there is now.
    private mutating func lookAtDrain() {
        let teller = drainTeller
        guard drained?.gateway != teller?.label || drained?.start != teller?.drain?.start else { return }
        drained = teller.flatMap { teller in teller.drain.map { DrainedPage(of: $0, at: teller.label) } }
        revisions.drained += 1
    }
}
