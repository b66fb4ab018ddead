import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Testing

/// The moves of one node; the test plays all the others.
final class LoneNode: Sendable {
    static let route = MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2")
    static let subject = MoveSubject(address: IPAddress(v4: 192, 0, 2, 1))

    let stack: FakeStack
    let notes: Notebook
    let clock = ManualClock()
    let moves: MovesInProgress
    let move: MoveDescription
    private let sent: AsyncStream<MoveEnvelope>

    init(
        _ name: NodeName, route: MoveRoute = route, stack: FakeStack = FakeStack(), notes: Notebook = Notebook(),
        journal: Journal? = nil, approval: ApprovalPolicy = .automatic, id: MoveID = MoveID(0x1234),
        partyLimit: Int = 20_000, spiConflict: SPIConflictPolicy = .deny
    ) {
        let (sent, sending) = AsyncStream.makeStream(of: MoveEnvelope.self)
        (self.sent, self.stack, self.notes) = (sent, stack, notes)
        move = MoveDescription(id: id, subject: Self.subject, route: route)
        moves = MovesInProgress(
            node: name, stack: stack,
            environment: MoveEnvironment(
                send: { envelope, _ in sending.yield(envelope) },
                record: { note in
                    try notes.keep(note)
                    try await journal?.keep(note)
                },
                recall: { try notes.note($0) }, redirect: { _ in },
                forwardingTarget: { _ in ForwardingTarget(address: IPAddress(v4: 192, 0, 2, 9)) },
                naming: NamingRules(spiConflict: spiConflict)),
            approval: approval, partyLimit: partyLimit, clock: clock)
    }

    /// Runs the moves for as long as `body` does.
    func run(_ body: @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.moves.run() }
            try await body()
            group.cancelAll()
        }
    }

    /// A party elsewhere says something.
    func hears(
        _ message: MoveMessage, from sender: MoveRole, as receiver: MoveRole, of other: MoveDescription? = nil
    ) async {
        let move = other ?? move
        await moves.deliver(
            MoveEnvelope(
                id: move.id, subject: move.subject, route: move.route, sender: sender, receiver: receiver,
                message: message))
    }

    /// The next thing that a party here says to one elsewhere.
    func says() async -> MoveMessage? { await saysInFull()?.message }

    /// Waits until a party here says that to one elsewhere.
    func says(until message: MoveMessage) async {
        // After the test's time is over there is nothing.
        while let next = await says(), next != message {}
    }

    /// The same, with who says it to whom.
    func saysInFull() async -> MoveEnvelope? { await sent.first { _ in true } }

    /// Waits until a party tells that its move stands so.
    func stands(_ standing: MoveStanding, as role: MoveRole) async {
        for await event in moves.events {
            if case .stands(standing) = event.kind, event.key.role == role { return }
        }
    }

    /// Waits until a party tells that it cannot go on.
    func fails() async {
        for await event in moves.events { if case .failed = event.kind { return } }
    }
}

/// The SAs of a move.
enum Pair {
    static let identifiers: [SAIdentifier] = [0x1001, 0x2001].compactMap { SPI($0) }.map {
        SAIdentifier(spi: $0, destination: IPAddress(v4: 192, 0, 2, 3), securityProtocol: .esp)
    }

    static let contexts = MoveContexts(
        associations: associations.map { AssociationContext(association: $0, policies: []) })
    static let offer = MoveOffer(
        subject: LoneNode.subject, associations: associations.map { AssociationOffer($0) }, needsApproval: false,
        requestedBy: "alice")
    static let dynamics = associations.map(\.state)
    static let accepted = associations.map { _ in Verdict.accepted }

    static let associations: [SecurityAssociation] = identifiers.compactMap { identifier in
        AlgorithmSuite(esp: .aesGCM256).map { suite in
            SecurityAssociation(
                name: "sa-\(identifier.spi)", user: "MN", identifier: identifier, source: IPAddress(v4: 192, 0, 2, 1),
                direction: .inbound,
                attributes: StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite)))
        }
    }
}
