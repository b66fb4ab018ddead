import ContextTransfer
import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("The ledger of moves")
struct MoveLedgerTests {
    private let id = MoveID(0x1234)
    private let start = ContinuousClock.now

    private func event(
        _ kind: MoveEvent.Kind, _ role: MoveRole = .source, of id: MoveID? = nil, after milliseconds: Int = 0
    ) -> MoveEvent {
        let id = id ?? self.id
        let move = MoveDescription(id: id, subject: LoneNode.subject, route: LoneNode.route)
        return MoveEvent(
            key: MovePartyKey(id: id, role: role), move: move, kind: kind,
            instant: start.advanced(by: .milliseconds(milliseconds)))
    }

    /// A ledger that was told these, one a second.
    private func ledger(_ events: [MoveEvent]) -> MoveLedger {
        var ledger = MoveLedger()
        for (second, event) in events.enumerated() {
            _ = ledger.take(event, clock: ClockTime(milliseconds: UInt64(second) * 1_000))
        }
        return ledger
    }

    private var about: MoveEvent { event(.about(["up", "down"], requestedBy: "alice")) }

    @Test(
        "each standing has its state and the reason why it waits",
        arguments: [
            (.asking, .queued, "waits for PR to lead it"), (.working, .running, ""),
            (.awaitingApproval([.source]), .awaitingApproval([.source]), "waits for an operator at PR"),
            (
                .awaitingApproval([.source, .target]), .awaitingApproval([.source, .target]),
                "waits for an operator at PR and NR"
            ),
            (.stepping(before: .prepare), .stepping(before: .prepare), "waits for a key before prepare"),
            (.settling, .settling, "finds out how it ended"), (.over(.completed), .finished(.completed), ""),
            (.over(.refused(.busy)), .finished(.refused(.busy)), ""),
        ] as [(MoveStanding, MoveState, String)])
    func standings(standing: MoveStanding, state: MoveState, reason: String) throws {
        let report = try #require(ledger([about, event(.stands(standing))])[id])
        #expect(report.state == state && report.waitingReason == reason)
        #expect(report.names == ["up", "down"] && report.requestedBy == "alice")
    }

    @Test(
        "the party that knows most is believed",
        arguments: [
            ([(.holder, .asking), (.source, .working)], .running),
            ([(.source, .working), (.taker, .over(.completed))], .running),
            ([(.taker, .working), (.holder, .over(.completed))], .finished(.completed)),
            ([(.target, .working), (.taker, .over(.completed))], .finished(.completed)),
            ([(.taker, .working), (.target, .awaitingApproval([.target]))], .awaitingApproval([.target])),
            ([(.source, .working), (.target, .awaitingApproval([.target]))], .running),
        ] as [([(MoveRole, MoveStanding)], MoveState)])
    func parties(told: [(MoveRole, MoveStanding)], state: MoveState) {
        #expect(ledger([about] + told.map { event(.stands($0.1), $0.0) })[id]?.state == state)
    }

    @Test("phases follow each other, with all SAs done where they were finished")
    func phases() throws {
        let told = [MovePhase.plan, .prepare, .quiesce, .redirect].map { event(.entered($0), after: Int($0.rawValue)) }
        let report = try #require(ledger([about] + told + [event(.stands(.over(.completed)))])[id])
        let seconds = report.phases.map { [$0.start.milliseconds / 1_000, ($0.end?.milliseconds ?? 0) / 1_000] }
        #expect(report.phases.map(\.phase) == [.plan, .prepare, .quiesce, .redirect])
        #expect(seconds == [[1, 2], [2, 3], [3, 4], [4, 5]])
        #expect(report.phases.allSatisfy { $0.done == 2 && $0.total == 2 })
        #expect(report.pause == .milliseconds(3))
    }

    @Test("the time that a move waits for a key belongs to no phase, and not to the pause")
    func waited() throws {
        let told: [(MoveEvent.Kind, Int)] = [
            (.entered(.quiesce), 1), (.entered(.transfer), 2), (.stands(.stepping(before: .redirect)), 3),
            (.stands(.working), 7), (.entered(.redirect), 8),
        ]
        let report = try #require(ledger([about] + told.map { event($0.0, after: $0.1) })[id])
        #expect(report.phases.map { $0.end?.milliseconds } == [2_000, 3_000, nil])
        #expect(report.pause == .milliseconds(2))
    }

    @Test("a phase that was left is not done")
    func left() throws {
        let reason = MoveReason.aborted(by: "bob")
        let report = try #require(
            ledger([about, event(.entered(.prepare)), event(.stands(.over(.aborted(reason))))])[id])
        #expect(
            report.phases == [
                PhaseProgress(
                    phase: .prepare, start: ClockTime(milliseconds: 1_000), end: ClockTime(milliseconds: 2_000),
                    done: 0,
                    total: 2)
            ])
    }

    @Test("a taker's install is over when the SAs are in force")
    func install() throws {
        let report = try #require(
            ledger([about, event(.entered(.install), .taker), event(.installed([]), .taker)])[id])
        #expect(report.phases.first?.end == ClockTime(milliseconds: 2_000))
    }

    @Test(
        "an abort is taken by the leader before traffic is turned",
        arguments: [
            (.source, .working, .quiesce, true), (.source, .working, .redirect, false),
            (.source, .awaitingApproval([.target]), .plan, true), (.source, .stepping(before: .prepare), .plan, true),
            (.source, .stepping(before: .release), .redirect, false), (.source, .settling, .quiesce, false),
            (.source, .over(.completed), .release, false), (.holder, .working, .plan, false),
        ] as [(MoveRole, MoveStanding, MovePhase, Bool)])
    func abortable(role: MoveRole, standing: MoveStanding, phase: MovePhase, isAbortable: Bool) {
        let ledger = ledger([about, event(.entered(phase), role), event(.stands(standing), role)])
        #expect(ledger[id]?.isAbortable == isAbortable)
    }

    @Test("a report is handed over when its move ends, and once")
    func ended() {
        var ledger = ledger([about])
        let over = event(.stands(.over(.completed)))
        #expect(ledger.take(over, clock: ClockTime(milliseconds: 1))?.state == .finished(.completed))
        #expect(ledger.take(over, clock: ClockTime(milliseconds: 2)) == nil)
    }

    @Test("a move that its only party forgot is no news: it is not told of, and did not fail")
    func forgotten() {
        var ledger = ledger([about, event(.stands(.working), .taker)])
        #expect(ledger.take(event(.stands(.forgotten), .taker), clock: ClockTime(milliseconds: 1)) == nil)
        #expect(ledger.reports.isEmpty && ledger[id] == nil)
        // It goes on after all.
        for kind in [MoveEvent.Kind.stands(.working), .about(["up"], requestedBy: "alice")] {
            _ = ledger.take(event(kind, .taker), clock: ClockTime(milliseconds: 2))
        }
        #expect(ledger.reports.map(\.state) == [.running])
    }

    @Test("one that another party here knows of stands as that one says")
    func forgottenByOne() {
        let told = [
            (MoveRole.taker, MoveStanding.working), (.target, .awaitingApproval([.target])), (.taker, .forgotten),
        ]
        let state = ledger([about] + told.map { event(.stands($0.1), $0.0) })[id]?.state
        #expect(state == .awaitingApproval([.target]))
    }

    @Test("a party that fails ends its move here")
    func failed() {
        #expect(
            ledger([about, event(.failed("disk full"))])[id]?.state == .finished(.failed(.failure("disk full"))))
    }

    @Test("octets count from the first on, also those from before a party told of the move")
    func octets() {
        var ledger = MoveLedger()
        ledger.count(octets: 100, for: id)
        _ = ledger.take(about, clock: ClockTime(milliseconds: 1))
        ledger.count(octets: 20, for: id)
        #expect(ledger[id]?.bytes == 120)
    }

    @Test("a move whose SAs are not known is not told of, nor written down")
    func nameless() {
        var ledger = ledger([event(.stands(.working), .taker)])
        #expect(ledger.reports.isEmpty)
        let over = event(.stands(.over(.failed(.unknownMove))), .taker)
        #expect(ledger.take(over, clock: ClockTime(milliseconds: 1)) == nil)
    }

    @Test("the last 200 that ended are kept, and all that are under way")
    func limit() {
        var ledger = MoveLedger()
        for number in UInt128(0)..<1_000 {
            let id = MoveID(number)
            _ = ledger.take(event(.about(["a"], requestedBy: ""), of: id), clock: ClockTime(milliseconds: 1))
            guard !number.isMultiple(of: 10) else { continue }
            _ = ledger.take(event(.stands(.over(.completed)), of: id), clock: ClockTime(milliseconds: 1))
        }
        #expect(ledger.reports.count { $0.state.outcome == nil } == 100)
        #expect(ledger.reports.count { $0.state.outcome != nil } == MoveLedger.finishedLimit)
        #expect(ledger.reports.map(\.id) == ledger.reports.map(\.id).sorted())
        #expect(ledger[MoveID(999)] != nil && ledger[MoveID(1)] == nil)
    }
}
