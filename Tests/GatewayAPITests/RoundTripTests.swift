import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import SwiftProtobuf
import Testing

@Suite struct RoundTripTests {
    /// Through the octets that go over the wire.
    private func wire<Message: WireMessage>(_ type: Message.Type, _ model: Message.Model) throws -> Message.Model {
        let octets: [UInt8] = try Message(model).serializedBytes()
        return try Message(serializedBytes: octets).model
    }

    @Test("an SA comes back as it went, with and without what may be absent")
    func associations() throws {
        for association in [try Sample.association(), try Sample.bareAssociation(), try Sample.foreignAssociation()] {
            #expect(try wire(APIAssociation.self, association) == association)
        }
    }

    @Test("an SA is told as its stack has it")
    func reported() throws {
        let association = try Sample.association()
        #expect(association.traffic.windowHighest == SequenceNumber(70_000))
        #expect(association.windowSize == 64)
        #expect(association.suite.name == "aes-gcm-16-256")
        #expect(association.phase == .quiesced)
    }

    @Test("each policy comes back as it went")
    func policies() throws {
        for policy in try Sample.policies() { #expect(try wire(APIPolicy.self, policy) == policy) }
    }

    @Test("each state of a move comes back as it went", arguments: Sample.states)
    func moves(state: MoveState) throws {
        #expect(try wire(APIMove.self, Sample.move(state)) == Sample.move(state))
    }

    @Test("each reason comes back as it went", arguments: Sample.reasons)
    func reasons(reason: MoveReason) throws {
        #expect(try wire(APIReason.self, reason) == reason)
    }

    @Test("a plan comes back as it went")
    func plan() throws {
        var plan = ReportedPlan(
            token: "t", expires: ClockTime(milliseconds: 5), approval: .both, associations: try Sample.planEntries())
        #expect(try wire(APIPlanReply.self, plan) == plan)
        (plan.contextOctets, plan.expectedPause, plan.isPauseEstimated) = (700, .microseconds(2_300), true)
        #expect(try wire(APIPlanReply.self, plan) == plan)
    }

    @Test("a trace comes back as it went")
    func trace() throws {
        for move in [nil, MoveID(7)] { #expect(try wire(APITraceRequest.self, move) == move) }
        let route = MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2")
        let envelope = MoveEnvelope(
            id: MoveID(7), subject: MoveSubject(address: IPAddress(v4: 10, 0, 0, 1)), route: route, sender: .holder,
            receiver: .source, message: .transfer([DynamicAttributes()], elapsed: .milliseconds(3)))
        let message = TracedMessage(
            envelope, isSent: true, from: "SG1", to: "PR", octets: 88, messages: 1, clock: ClockTime(milliseconds: 9))
        #expect(message.summary == "dynamic: 1 SA, paused 3.0 ms")
        #expect((message.name, message.type) == ("transfer", "CTD"))
        #expect(try wire(APITraceReply.self, [message]) == [message])
    }

    @Test("an order to drain comes back as it went, and what a plan is asked about")
    func drain() throws {
        for others in [[], ["SG2", "SG3"]] as [[NodeName]] {
            var order = MoveOrder(
                selection: MoveSelection(draining: "SG1", to: others), planToken: "t", approval: .both)
            order.selection.spiConflict = others.isEmpty ? nil : .renegotiate
            #expect(try wire(APIDrainRequest.self, order) == order)
            #expect(try wire(APIPlanRequest.self, order.selection) == order.selection)
        }
        #expect(try wire(APIDrainReply.self, Sample.drain) == Sample.drain)
        #expect(try wire(APIStopDrainRequest.self, "SG1") == "SG1")
        var search = DrainedQuery(after: 3, limit: 1)
        (search.skip, search.text, search.isUnsuccessfulFirst, search.find) = (300, "Refused", true, 7)
        for query in [DrainedQuery(), DrainedQuery(after: 3, limit: 10_000), search] {
            #expect(try wire(APIDrainedRequest.self, query) == query)
        }
        for report in [
            DrainedReport(drain: nil, drained: [], hasMore: false),
            DrainedReport(drain: Sample.drain, drained: Sample.drained, hasMore: true),
            DrainedReport(drain: Sample.drain, drained: [], hasMore: true, matching: 900, found: 0),
        ] { #expect(try wire(APIDrainedReply.self, report) == report) }
    }

    @Test("a snapshot and every change come back as they went")
    func watch() throws {
        let clock = ClockTime(milliseconds: 99)
        for content in [WatchUpdate.Content.snapshot(try Sample.snapshot()), .changes(try Sample.changes())] {
            let update = WatchUpdate(clock: clock, content)
            #expect(try wire(APIWatchReply.self, update) == update)
        }
    }

    @Test("a gateway comes back as it went")
    func description() throws {
        let gateway = GatewayDescription(
            node: "SG1", role: .securityGateway, stack: "userspace", version: "1.0.0",
            clock: ClockTime(milliseconds: 2), started: ClockTime(milliseconds: 1), callerRole: .operator,
            callerName: "bob")
        #expect(try wire(APIDescription.self, gateway) == gateway)
    }

    @Test("each request comes back as it went")
    func requests() throws {
        let selection = MoveSelection(
            names: ["up", "down"], from: "SG1", to: "SG2", spiConflict: .renegotiate, upgrade: true)
        #expect(try wire(APIPlanRequest.self, selection) == selection)
        for order in [
            MoveOrder(selection: selection, planToken: "t", approval: .automatic, stepping: true),
            MoveOrder(selection: MoveSelection()),
        ] { #expect(try wire(APIMoveRequest.self, order) == order) }
        for query in [HistoryQuery(after: 7, limit: 10, move: MoveID(1)), HistoryQuery()] {
            #expect(try wire(APIHistoryRequest.self, query) == query)
        }
        for options in [WatchOptions(traffic: true, interval: 50, events: 1_000), WatchOptions(events: 0)] {
            #expect(try wire(APIWatchRequest.self, options) == options)
        }
        let id = MoveID(.max)
        #expect(try wire(APIApproveRequest.self, id) == id)
        #expect(try wire(APIDenyRequest.self, id) == id)
        #expect(try wire(APIAbortRequest.self, id) == id)
        #expect(try wire(APIProceedRequest.self, id) == id)
        for path in [
            PathPair(plane: .control, previous: ["A", "B"], next: ["A", "C"]), PathPair(plane: .data, previous: ["A"]),
        ] {
            #expect(try wire(APISetPathRequest.self, path) == path)
            for told in [ReportedPath(path), ReportedPath(path, beside: ["MN-B", "MN-C"])] {
                #expect(try wire(APISetPathReply.self, told) == told)
            }
            let wish = PathWish(plane: path.plane, router: "NR")
            #expect(try wire(APISeekPathRequest.self, wish) == wish)
        }
    }

    @Test("each other reply comes back as it went")
    func replies() throws {
        let moves = Sample.states.map(Sample.move)
        #expect(try wire(APIMoveReply.self, moves) == moves)
        #expect(try wire(APIDecisionReply.self, moves[0]) == moves[0])
        let history = HistoryReport(moves: moves, events: [Sample.event], hasMore: true)
        #expect(try wire(APIHistoryReply.self, history) == history)
    }

    @Test(
        "a duration goes as whole microseconds, and none is too long or too short",
        arguments: [
            (Duration.zero, UInt64(0)), (.nanoseconds(1_999), 1), (.seconds(-1), 0), (.seconds(3_600), 3_600_000_000),
            (.seconds(Int64.max), .max),
        ])
    func durations(duration: Duration, expected: UInt64) {
        let traffic = ReportedTraffic(
            lastSent: SequenceNumber(0), windowHighest: nil, use: LifetimeUse(age: duration), pathMTU: nil,
            counters: SACounters())
        #expect(APITraffic(traffic).usedUs == expected)
    }
}
