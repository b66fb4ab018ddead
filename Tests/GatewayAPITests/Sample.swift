import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import Testing

/// Values with something in every field.
enum Sample {
    static func spi(_ value: UInt32) throws -> SPI { try #require(SPI(value)) }

    static func identifier(_ value: UInt32 = 0x1001) throws -> SAIdentifier {
        SAIdentifier(
            spi: try spi(value), destination: IPAddress(v4: 127, 10, 0, 3), securityProtocol: .esp,
            realm: try #require(Realm("blue")))
    }

    /// An SA of figure 10 with those key octets, in the middle of its life.
    static func status(key octets: [UInt8] = Array(repeating: 0x5a, count: 36)) throws -> AssociationStatus {
        let suite = try #require(AlgorithmSuite(esp: .aesGCM256))
        let keys = try #require(
            KeyedSuite(
                suite, encryptionKey: KeyMaterial(octets: octets), integrityKey: KeyMaterial(octets: [])))
        var attributes = StaticAttributes(mode: .tunnel, keys: keys)
        attributes.extendedSequenceNumbers = true
        attributes.softLifetime = Lifetime(seconds: 3000, bytes: 1 << 40)
        attributes.hardLifetime = Lifetime(seconds: 3600, bytes: 1 << 41, packets: .max)
        var association = SecurityAssociation(
            name: "up", user: "alice", identifier: try identifier(), source: IPAddress(v4: 127, 10, 0, 1),
            direction: .inbound, attributes: attributes)
        association.state.window?.record(SequenceNumber(70_000))
        association.state.lastSent = SequenceNumber(1 << 33)
        association.state.use = LifetimeUse(age: .microseconds(12_345_678), bytes: 1 << 34, packets: 70_000)
        association.state.pathMTU = PathMTU(octets: 1400, age: .seconds(7))
        var counters = SACounters()
        (counters.packets, counters.bytes, counters.replays) = (1, 2, 3)
        (counters.integrityFailures, counters.selectorMismatches) = (4, 5)
        return AssociationStatus(
            association: association, phase: .quiesced, counters: counters,
            obstacle: MoveObstacle("nonces", endsWithRenewal: true), particulars: ["mark 0x5/0xff", "offload to eth0"])
    }

    static func association() throws -> ReportedAssociation {
        ReportedAssociation(try status(), plane: .management, type: .five, peer: "MN", moving: MoveID(77))
    }

    /// An SA with everything absent that may be absent.
    static func bareAssociation() throws -> ReportedAssociation {
        var bare = try association()
        (bare.user, bare.type, bare.windowSize, bare.peer, bare.moving) = ("", nil, nil, nil, nil)
        (bare.traffic.windowHighest, bare.traffic.pathMTU) = (nil, nil)
        (bare.softLifetime, bare.hardLifetime) = (.unlimited, .unlimited)
        (bare.obstacle, bare.particulars) = (nil, [])
        return bare
    }

    /// One whose algorithms and mode are none of ours.
    static func foreignAssociation() throws -> ReportedAssociation {
        var foreign = try association()
        foreign.suite = AlgorithmSuite(
            foreign: AlgorithmSuite.Foreign(name: "cbc(camellia) 256", securityProtocol: .esp))
        (foreign.mode, foreign.obstacle) = (.other, MoveObstacle("its mode is 4"))
        return foreign
    }

    static func policies() throws -> [Policy] {
        let selector = TrafficSelector(
            source: try #require(AddressRange("10.0.0.0/8")),
            destination: try #require(AddressRange("fd00::1-fd00::9")),
            nextProtocol: 17, sourcePorts: 0...65_535, destinationPorts: 500...500, name: "n", sensitivityLevel: 255,
            dscp: 63)
        let wide = TrafficSelector(source: .all(.v4), destination: .all(.v6))
        var forwarded = Policy(
            name: "fwd", direction: .inbound, selectors: [wide], action: .bypass, origin: .static)
        (forwarded.isForwarding, forwarded.priority) = (true, 0)
        forwarded.particulars = ["template esp tunnel"]
        return [
            forwarded,
            Policy(
                name: "up", direction: .outbound, selectors: [selector, wide], action: .protect, origin: .user("alice"),
                association: try identifier()),
            Policy(name: "rest", direction: .inbound, selectors: [wide], action: .discard, origin: .static),
            Policy(name: "nobody's", direction: .inbound, selectors: [], action: .bypass, origin: .user("")),
        ]
    }

    static let path = PathPair(
        plane: .data, previous: ["MN", "PR", "SG1", "G", "RN"], next: ["MN", "NR", "SG2", "G", "RN"])

    static func move(_ state: MoveState) -> ReportedMove {
        var move = ReportedMove(
            id: MoveID(0xfeed), names: ["up", "down"],
            route: MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2"),
            phases: [
                PhaseProgress(
                    phase: .plan, start: ClockTime(milliseconds: 1_000), end: ClockTime(milliseconds: 1_004), done: 2,
                    total: 2),
                PhaseProgress(phase: .approve, start: ClockTime(milliseconds: 1_005), done: 0, total: 2),
            ], state: state, waitingReason: "the operator of PR has to agree", requestedBy: "bob", isAbortable: true,
            pause: .microseconds(4_321), bytes: 5_678)
        (move.group, move.drain) = (MoveID(50), MoveID(60))
        return move
    }

    static let reasons: [MoveReason] = [
        .spiInUse, .unsupported("esn"), .noCapacity, .noAssociation, .associationChanged, .expired,
        .notApproved(by: "bob"), .aborted(by: "eve"), .timeout(.holder), .restarted(.taker), .unknownMove, .busy,
        .failure("no route"),
    ]

    static let states: [MoveState] =
        [
            .queued, .running, .settling, .awaitingApproval([.source, .target]), .awaitingApproval([]),
            .stepping(before: .release), .finished(.completed),
        ]
        + reasons.flatMap { reason in
            [.refused(reason), .aborted(reason), .failed(reason), .ended(reason)].map { MoveState.finished($0) }
        }

    static let event = ReportedEvent(
        number: 9, clock: ClockTime(milliseconds: 1_700_000_000_000), kind: .renegotiation, actor: "bob",
        action: "approve", associations: ["up"], move: MoveID(1), command: "ferry approve 1", text: "approved")

    static func planEntries() throws -> [ReportedPlanEntry] {
        let strong = try #require(AlgorithmSuite(esp: .aesGCM256))
        let plan = MovePlan.make(
            network: Network(nodes: [], paths: [path]),
            associations: [
                AssociationSpec(
                    name: "up", plane: .data, from: "MN", to: "SG1", suite: strong, mode: .tunnel,
                    origin: .user("alice"))
            ])
        var full = ReportedPlanEntry(
            try #require(plan["up"]), suite: try #require(AlgorithmSuite(esp: .aesCBC128, .hmacSHA1)))
        let bare = full
        full.type = .four
        full.action = .move
        full.relocations = [Relocation(from: "SG1", to: "SG2"), Relocation(from: "PR", to: "NR")]
        full.spi = try spi(0xffff_ffff)
        full.keepsSPI = false
        full.upgrade = AlgorithmSuite(esp: .chaCha20Poly1305)
        (full.pathMTUBefore, full.pathMTUAfter) = (1500, 1280)
        full.reasons = ["one", "two"]
        full.group = "up+down"
        (full.told, full.risks, full.isSuiteAccepted) = ("nothing", ["a risk"], false)
        full.contextOctets = [190, nil]
        full.isRefusedNow = true
        full.leader = "PR"
        full.suite = AlgorithmSuite(foreign: AlgorithmSuite.Foreign(name: "hmac(md5)", securityProtocol: .ah))
        full.typeReason = "it is there"
        return [full, bare]
    }

    static func stack() -> StackCounters {
        var stack = StackCounters()
        (stack.unknownSPI, stack.noPolicy, stack.discarded, stack.malformed, stack.unprotected) = (1, 2, 3, 4, 5)
        (stack.noAssociation, stack.droppedInMove, stack.refusedTunnels, stack.hopLimitReached) = (6, 7, 8, .max)
        stack.tooBig = 10
        return stack
    }

    static let drain: ReportedDrain = {
        var drain = ReportedDrain(
            gateway: "SG1", requestedBy: "alice", start: ClockTime(milliseconds: 7), moves: 21, associations: 20,
            staying: 2)
        (drain.completed, drain.refused, drain.running) = (6, 1, 3)
        (drain.aborted, drain.failed, drain.leftOut, drain.stoppedBy) = (4, 2, 5, "bob")
        drain.end = ClockTime(milliseconds: 9)
        drain.users = 20
        (drain.refusedAssociations, drain.abortedAssociations, drain.failedAssociations) = (2, 5, 3)
        drain.stuckAssociations = 4
        drain.targets = [DrainTarget(gateway: "SG2", moves: 6, associations: 11)]
        return drain
    }()

    /// One of its moves in each standing, and an SA for which there is none.
    static let drained: [ReportedDrained] = {
        let outcomes: [MoveOutcome] = [
            .completed, .refused(.noCapacity), .aborted(.aborted(by: "bob")), .failed(.associationChanged),
            .ended(.timeout(.taker)),
        ]
        let standings =
            [ReportedDrained.Standing.waiting, .underWay(MoveID(7)), .leftOut]
            + outcomes.map { .over($0, MoveID(8)) }
        return standings.enumerated().map { index, standing in
            ReportedDrained(
                number: UInt64(index + 1), user: index == 2 ? "" : "MN", names: ["up", "down"], to: "SG2",
                isRenegotiated: index == 1, standing: standing)
        } + [
            ReportedDrained(
                number: 9, user: "MN", names: ["stuck"], to: nil,
                standing: .over(.refused(.failure("its SPI is in use")), nil))
        ]
    }()

    static func snapshot() throws -> GatewaySnapshot {
        GatewaySnapshot(
            revision: 40, associations: [try association(), try bareAssociation()], policies: try policies(),
            paths: [ReportedPath(path), ReportedPath(PathPair(plane: .control, previous: ["MN", "PR", "RN"]))],
            moves: states.map(move), stack: stack(), events: [event], drain: drain)
    }

    static func changes() throws -> [GatewayChange] {
        let policies = try policies()
        let kinds: [GatewayChange.Kind] = [
            .association(try association()), .associationRemoved(try identifier()),
            .traffic(try identifier(), try association().traffic), .policy(policies[0], before: "rest"),
            .policy(policies[1], before: nil), .policyRemoved("up"), .path(ReportedPath(path)),
            .pathRemoved(.management), .move(move(.running)), .stack(stack()), .drain(drain), .event(event),
        ]
        return kinds.enumerated().map { GatewayChange(revision: UInt64($0), $1) }
    }
}
