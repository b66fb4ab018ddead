package import ContextTransfer
package import ForwardingPath
package import GatewayAPI
package import IPsec

/// What a fake gateway has.
package enum Sample {
    /// Every gateway's clock.
    package static let clock = ClockTime(milliseconds: 1_700_000_000_000)

    /// A gateway of that name.
    package static func description(of node: NodeName) -> GatewayDescription {
        GatewayDescription(
            node: node, role: .securityGateway, stack: "userspace", version: "1.0.0", clock: clock, started: clock,
            callerRole: .viewer, callerName: "nobody")
    }

    /// A plan with one SA.
    package static let plan = ReportedPlan(
        token: "t", expires: clock, approval: .source,
        associations: [
            ReportedPlanEntry(
                PlannedAssociation(
                    name: "up", plane: .data, type: .five, action: .move,
                    relocations: [Relocation(from: "SG1", to: "SG2")]), suite: suite)
        ])

    /// That of figure 10.
    package static let route = MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2")

    /// A move that runs.
    package static let move = move(0xfeed, .running)

    /// A move of that name.
    package static func move(_ id: UInt128, _ state: MoveState, route: MoveRoute = route) -> ReportedMove {
        ReportedMove(
            id: MoveID(id), names: ["up", "down"], route: route, state: state, requestedBy: "alice",
            isAbortable: state.outcome == nil)
    }

    /// A move, an event, and more to come.
    package static let history = HistoryReport(moves: [move], events: [event(1)], hasMore: true)

    /// The event of that number.
    package static func event(_ number: UInt64) -> ReportedEvent {
        ReportedEvent(number: number, clock: clock, kind: .log, action: "start", text: "started")
    }

    /// AES-GCM-256.
    package static var suite: AlgorithmSuite {
        guard let suite = AlgorithmSuite(esp: .aesGCM256) else { preconditionFailure("The algorithm needs no other.") }
        return suite
    }

    /// That of the SPI so many after 0x1000.
    package static func identifier(_ number: UInt32) -> SAIdentifier {
        guard let spi = SPI(0x1000 + number) else { preconditionFailure("The number is not reserved.") }
        return SAIdentifier(spi: spi, destination: IPAddress(v4: 127, 10, 0, 3), securityProtocol: .esp)
    }

    /// So many SAs of different SPIs, from 0x1000.
    package static func associations(_ count: UInt32) -> [ReportedAssociation] {
        let suite = suite
        let source = IPAddress(v4: 127, 10, 0, 1)
        return (0..<count).map { number in
            ReportedAssociation(
                name: "sa-\(number)", user: "", identifier: identifier(number), source: source, direction: .inbound,
                mode: .tunnel, suite: suite, plane: .data, type: .five, phase: .inForce,
                traffic: ReportedTraffic(
                    lastSent: SequenceNumber(0), windowHighest: SequenceNumber(9), use: LifetimeUse(), pathMTU: nil,
                    counters: SACounters()),
                windowSize: 64, extendedSequenceNumbers: true, softLifetime: .unlimited, hardLifetime: .unlimited,
                peer: "MN", moving: nil)
        }
    }

    /// A drain that is half done.
    package static let drain: ReportedDrain = {
        var drain = ReportedDrain(
            gateway: "SG1", requestedBy: "alice", start: clock, moves: 10, associations: 20, staying: 2)
        (drain.completed, drain.refused, drain.running) = (5, 1, 3)
        drain.users = 9
        drain.targets = [
            DrainTarget(gateway: "SG2", moves: 3, associations: 6),
            DrainTarget(gateway: "SG3", moves: 2, associations: 4),
        ]
        return drain
    }()

    /// What becomes of some of its moves.
    package static let drained = [
        ReportedDrained(
            number: 1, user: "MN-1", names: ["up-1", "down-1"], to: "SG2", standing: .over(.completed, MoveID(1))),
        ReportedDrained(
            number: 2, user: "MN-2", names: ["up-2"], to: "SG3", isRenegotiated: true,
            standing: .over(.refused(.noCapacity), MoveID(2))),
        ReportedDrained(number: 3, user: "", names: ["trunk"], to: "SG2", standing: .underWay(MoveID(3))),
        ReportedDrained(number: 4, user: "MN-4", names: ["up-4"], to: "SG3"),
        ReportedDrained(number: 5, user: "MN-5", names: ["up-5"], to: "SG3", standing: .leftOut),
        ReportedDrained(
            number: 6, user: "MN-6", names: ["up-6"], to: nil,
            standing: .over(.refused(.failure("its SPI is in use at SG2, which denies it")), nil)),
    ]
}
