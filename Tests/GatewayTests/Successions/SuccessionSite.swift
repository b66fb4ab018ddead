import ContextTransfer
import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

/// PR and NR, each with a stack and an IKE daemon, and MN's SAs at PR.
struct SuccessionSite {
    static let network = Network(
        nodes: ["MN", "PR", "NR", "G", "RN"].enumerated().map { index, name in
            Node(
                name: name, role: [.mobileNode, .accessRouter, .accessRouter, .router, .remoteNode][index],
                addresses: [Figure.address(index + 1)])
        }, paths: [path(from: "PR", to: "NR")])

    static func path(from old: NodeName, to new: NodeName?) -> PathPair {
        PathPair(
            plane: .data, previous: ["MN", old, "G", "RN"], next: new.map { ["MN", $0, "G", "RN"] })
    }

    let old = FakeStack()
    let new = FakeStack()
    let oldIKE = FakeIKE()
    let newIKE = FakeIKE()
    let previous: RouterDaemon
    let next: RouterDaemon
    private let places = Places()

    init(journals: [NodeName: String] = [:]) throws {
        let site = try Site(Self.network)
        let places = places
        var timing = MoveTiming()
        timing.retry = .milliseconds(100)
        previous = try site.daemon(
            "PR", stack: old, journal: journals["PR"], timing: timing, endpoints: { places[$0] }, ike: oldIKE.daemon)
        next = try site.daemon(
            "NR", stack: new, journal: journals["NR"], timing: timing, endpoints: { places[$0] }, ike: newIKE.daemon)
    }

    /// An SA of MN's at PR.
    static func association(_ name: String, _ spi: UInt32, _ direction: Direction) throws -> SecurityAssociation {
        let suite = try #require(AlgorithmSuite(esp: .aesGCM256))
        let (from, to) =
            direction == .inbound
            ? (Figure.address(1), Figure.address(2)) : (Figure.address(2), Figure.address(1))
        return SecurityAssociation(
            name: name, user: "MN",
            identifier: SAIdentifier(spi: try #require(SPI(spi)), destination: to, securityProtocol: .esp),
            source: from,
            direction: direction, attributes: StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite)))
    }

    /// Runs both, and does something meanwhile.
    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await previous.run() }
            group.addTask { try await next.run() }
            places.place("PR", at: try await previous.cxtpPort)
            places.place("NR", at: try await next.cxtpPort)
            group.addTask { try await body() }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Runs both, has the SAs move from PR to NR, and then does the rest.
    func run(
        with associations: [SecurityAssociation], _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await old.install(associations, policies: [])
        try await run {
            let alice = Caller(name: "alice", role: .operator)
            let moves = try await previous.move(MoveOrder(selection: MoveSelection()), by: alice)
            // What follows later asks for no approval.
            await Self.event("waits for an operator", at: previous)
            for move in moves { _ = try await previous.approve(move.id, by: alice) }
            await Self.event("completed", at: previous)
            try await body()
        }
    }

    /// Waits for an event whose text has these words; gives the text.
    @discardableResult
    static func event(_ words: String, at daemon: RouterDaemon) async -> String? {
        for await update in await daemon.watch(WatchOptions(traffic: false, interval: 50, events: 1_000)) {
            let events: [ReportedEvent] =
                switch update.content {
                case .snapshot(let snapshot): snapshot.events
                case .changes(let changes):
                    changes.compactMap { if case .event(let event) = $0.kind { event } else { nil } }
                }
            if let event = events.first(where: { $0.text.contains(words) }) { return event.text }
        }
        return nil
    }

    /// What a daemon told until now.
    static func events(at daemon: RouterDaemon) async -> [String] {
        for await update in await daemon.watch(WatchOptions(traffic: false, interval: 50, events: 1_000)) {
            if case .snapshot(let snapshot) = update.content { return snapshot.events.map(\.text) }
        }
        return []
    }
}
