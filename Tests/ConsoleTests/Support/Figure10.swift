import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

/// The network of the draft's figure 10 as its gateways tell it, at 14:02:00 UTC.
enum Figure10 {
    static let start = ClockTime(milliseconds: 1_795_442_520_000)
    static let path = PathPair(
        plane: .data, previous: ["MN", "PR", "SG1", "G", "RN"], next: ["MN", "NR", "SG2", "G", "RN"])
    static let route = MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2")
    static let moveID = MoveID(0x3f9a_c7e1_0000_0000_0000_0000_0000_0001)

    /// The nodes with a daemon, their roles and the last octets of their addresses.
    static let nodes: [(name: NodeName, role: NodeRole, octet: UInt8)] = [
        ("MN", .mobileNode, 1), ("PR", .accessRouter, 2), ("SG1", .securityGateway, 3), ("NR", .accessRouter, 4),
        ("SG2", .securityGateway, 5), ("G", .router, 6),
    ]

    /// How a gateway is called on the command line.
    static func label(_ node: NodeName) -> GatewayLabel {
        GatewayLabel("127.10.0.\(nodes.first { $0.name == node }?.octet ?? 0):5092")
    }

    static func address(_ node: NodeName) -> IPAddress {
        IPAddress(v4: 127, 10, 0, nodes.first { $0.name == node }?.octet ?? 7)
    }

    static func clock(_ milliseconds: UInt64) -> ClockTime {
        ClockTime(milliseconds: start.milliseconds + milliseconds)
    }

    static func description(_ node: NodeName, as role: CallerRole = .operator) -> GatewayDescription {
        GatewayDescription(
            node: node, role: nodes.first { $0.name == node }?.role ?? .router, stack: "userspace", version: "1.0.0",
            clock: start, started: ClockTime(milliseconds: start.milliseconds - 3_600_000), callerRole: role,
            callerName: "alice")
    }

    /// What a packet count does to an SA.
    static func traffic(_ packets: UInt64, sent: Bool) -> ReportedTraffic {
        var counters = SACounters()
        (counters.packets, counters.bytes) = (packets, packets * 100)
        return ReportedTraffic(
            lastSent: SequenceNumber(sent ? packets : 0), windowHighest: SequenceNumber(sent ? 0 : packets),
            use: LifetimeUse(age: .milliseconds(Int64(packets)), bytes: packets * 100, packets: packets),
            pathMTU: PathMTU(octets: 1400), counters: counters)
    }

    /// One of the two SAs between MN and a gateway, as one of the two tells it.
    static func association(
        _ name: String, at node: NodeName, gateway: NodeName = "SG1", phase: SAPhase = .inForce,
        packets: UInt64 = 12_000,
        moving: MoveID? = nil
    ) throws -> ReportedAssociation {
        let isUp = name == "up"
        let (from, to): (NodeName, NodeName) = isUp ? ("MN", gateway) : (gateway, "MN")
        guard let spi = SPI(isUp ? 0x1001 : 0x1002), let suite = AlgorithmSuite(esp: .aesGCM256) else {
            throw Missing()
        }
        let identifier = SAIdentifier(spi: spi, destination: address(to), securityProtocol: .esp)
        return ReportedAssociation(
            name: name, user: "mn", identifier: identifier, source: address(from),
            direction: node == from ? .outbound : .inbound, mode: .tunnel, suite: suite, plane: .data, type: .five,
            phase: phase,
            traffic: traffic(packets, sent: node == from), windowSize: 64, extendedSequenceNumbers: true,
            softLifetime: Lifetime(seconds: 3000), hardLifetime: Lifetime(seconds: 3600),
            peer: node == from ? to : from, moving: moving)
    }

    static func policies(_ node: NodeName, _ associations: [ReportedAssociation]) -> [Policy] {
        guard !associations.isEmpty, let inside = AddressRange("10.1.0.0/16"), let user = AddressRange("10.9.0.1")
        else {
            return [
                Policy(
                    name: "rest", direction: .inbound,
                    selectors: [
                        TrafficSelector(source: .all(.v4), destination: .all(.v4))
                    ], action: .bypass, origin: .static)
            ]
        }
        let own = associations.map { association in
            let isUp = association.name == "up"
            let selector = TrafficSelector(source: isUp ? user : inside, destination: isUp ? inside : user)
            return Policy(
                name: association.name, direction: association.direction, selectors: [selector], action: .protect,
                origin: .user("mn"), association: association.identifier)
        }
        return own + [
            Policy(
                name: "ike", direction: .inbound,
                selectors: [
                    TrafficSelector(
                        source: .all(.v4), destination: .all(.v4), nextProtocol: 17, destinationPorts: 500...500)
                ],
                action: .bypass, origin: .static),
            Policy(
                name: "rest", direction: .inbound,
                selectors: [
                    TrafficSelector(source: .all(.v4), destination: .all(.v4))
                ], action: .discard, origin: .static),
        ]
    }

    static func event(
        _ number: UInt64, _ kind: EventKind, _ actor: String, _ action: String, after milliseconds: UInt64,
        command: String = "", _ text: String
    ) -> ReportedEvent {
        ReportedEvent(
            number: number, clock: clock(milliseconds), kind: kind, actor: actor, action: action,
            associations: ["up", "down"], command: command, text: text)
    }

    /// All that a gateway has; `holder` is where MN's SAs are.
    static func snapshot(
        _ node: NodeName, holder: NodeName = "SG1", moves: [ReportedMove] = [], events: [ReportedEvent] = []
    ) throws -> GatewaySnapshot {
        let has = node == "MN" || node == holder
        let associations = try has ? ["down", "up"].map { try association($0, at: node, gateway: holder) } : []
        return GatewaySnapshot(
            revision: 1, associations: associations, policies: policies(node, associations),
            paths: [ReportedPath(path)],
            moves: moves, events: events)
    }

    /// A phase that began and ended so many milliseconds after the start.
    static func phase(_ phase: MovePhase, _ from: UInt64, _ to: UInt64?, done: Int = 2) -> PhaseProgress {
        PhaseProgress(phase: phase, start: clock(from), end: to.map(clock), done: done, total: 2)
    }

    static func move(
        _ state: MoveState, _ phases: [PhaseProgress], abortable: Bool = true, pause: Duration? = nil,
        id: MoveID = moveID, waiting: String = ""
    ) -> ReportedMove {
        ReportedMove(
            id: id, names: ["up", "down"], route: route, phases: phases, state: state, waitingReason: waiting,
            requestedBy: "alice", isAbortable: abortable, pause: pause, bytes: 3120)
    }

    /// The move in the middle of its third phase.
    static var collecting: ReportedMove {
        move(.running, [phase(.plan, 1000, 1004), phase(.approve, 1004, 4210), phase(.collect, 4210, nil, done: 1)])
    }

    /// The move while it waits for PR's operator.
    static var waiting: ReportedMove {
        move(.awaitingApproval([.source]), [phase(.plan, 1000, 1004), phase(.approve, 1004, nil, done: 0)])
    }

    /// The move when all is done.
    static var completed: ReportedMove {
        let lengths: [(MovePhase, UInt64)] = [
            (.plan, 4), (.approve, 3206), (.collect, 12), (.prepare, 9), (.quiesce, 1), (.transfer, 2), (.install, 1),
            (.redirect, 8), (.release, 5),
        ]
        var at: UInt64 = 1000
        let phases = lengths.map { phase, length in
            defer { at += length }
            return Figure10.phase(phase, at, at + length)
        }
        return move(.finished(.completed), phases, abortable: false, pause: .microseconds(4321))
    }

    static func entry(_ name: String, _ action: PlannedAction = .move) throws -> ReportedPlanEntry {
        guard let suite = AlgorithmSuite(esp: .aesGCM256) else { throw Missing() }
        let planned = PlannedAssociation(
            name: name, plane: .data, type: .five, action: action,
            relocations: action == .move ? [Relocation(from: "SG1", to: "SG2")] : [],
            typeReason: TypeReason(type: .five, gateway: "G", near: "MN", far: "SG1"), group: "up+down")
        var entry = ReportedPlanEntry(planned, suite: suite)
        entry.spi = SPI(name == "up" ? 0x1001 : 0x1002)
        entry.keepsSPI = true
        return entry
    }

    static func plan(_ approval: ApprovalPolicy = .source) throws -> ReportedPlan {
        ReportedPlan(
            token: "t1", expires: clock(60_000), approval: approval, associations: [try entry("up"), try entry("down")])
    }

    /// The events of a day at PR.
    static let events = [
        event(1, .log, "", "start", after: 0, "PR began to serve"),
        event(
            2, .audit, "alice", "move", after: 1000, command: "ferry move up down --from SG1 --to SG2",
            "asked to move up and down from SG1 to SG2"),
        event(3, .audit, "alice", "approve", after: 4210, command: "ferry approve 3f9ac7e1", "approved the move"),
        event(4, .alarm, "", "silent", after: 5000, "SG2 did not answer for 2 s"),
    ]

    struct Missing: Error {}
}
