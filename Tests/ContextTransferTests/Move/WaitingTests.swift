import ContextTransfer
import ForwardingPath
import IPsec
import Testing

/// Operators may take their time: the others must not forget a move meanwhile.
@Suite("Moves that wait for people")
struct WaitingTests {
    private static let lane = SimulatedAssociations.lanes[0]
    private static let verdicts = lane.identifiers.map { _ in Verdict.accepted }

    private static func offer(needsApproval: Bool) -> MoveOffer {
        MoveOffer(
            subject: lane.subject, associations: lane.associations.map { AssociationOffer($0) },
            needsApproval: needsApproval, requestedBy: "alice")
    }

    @Test("a new router whose operator has agreed hands a repeated question on: the taker must not forget the move")
    func agreed() {
        let question = MoveMessage.query(Self.offer(needsApproval: true))
        var router = TargetMove()
        #expect(router.handle(.received(question)).contains(.askApproval))
        _ = router.handle(.approved(by: "bob"))
        #expect(
            router.handle(.received(question)) == [
                .send(question, to: .taker), .send(.approved(by: "bob"), to: .source),
                .setDeadline(MoveTiming().silenceLimit),
            ])
    }

    /// A leader that steps, as far as traffic would be turned.
    private static func leader() -> SourceMove {
        var leader = SourceMove(offer: offer(needsApproval: true), approval: .target, stepping: true)
        let inputs: [SourceMove.Input] = [
            .start, .received(.answer(verdicts)), .received(.approved(by: "bob")), .proceed,
            .received(.collected(lane.contexts)), .proceed, .received(.prepared(verdicts)), .proceed,
            .received(.transfer(lane.associations.map(\.state), elapsed: .zero)), .received(.settled(.installed)),
            .received(.closed(.released)),
        ]
        for input in inputs { _ = leader.handle(input) }
        return leader
    }

    /// What a leader says at so many deadlines, one after the other.
    private static func said(_ leader: inout SourceMove, deadlines: Int) -> [[MoveMessage]] {
        (0..<deadlines).map { _ in
            leader.handle(.deadlinePassed).compactMap {
                if case .send(let message, .target) = $0 { message } else { nil }
            }
        }
    }

    @Test("one that waits for the key before traffic is turned reminds the others, and turns nothing")
    func beforeRedirect() {
        var leader = Self.leader()
        #expect(leader.state == .redirecting(holderClosed: true, waiting: true))
        let reminder = MoveMessage.query(Self.offer(needsApproval: false))
        #expect(Self.said(&leader, deadlines: 12) == (1...12).map { $0 < 10 ? [] : [reminder] })
        #expect(leader.state == .redirecting(holderClosed: true, waiting: true))
        // Nobody is asked to agree once more, and a taker that has the SAs in force does nothing.
        var router = TargetMove()
        #expect(router.handle(.received(reminder)).first == .send(reminder, to: .taker))
        #expect(router.state == .relaying)
        var taker = TakerMove()
        _ = taker.handle(.received(.prepare(Self.lane.contexts)))
        _ = taker.handle(.checked(Self.verdicts))
        _ = taker.handle(.held)
        _ = taker.handle(.received(.transfer(Self.lane.associations.map(\.state), elapsed: .zero)))
        _ = taker.handle(.installed)
        #expect(taker.handle(.received(reminder)) == [])
    }

    @Test("one that waits for the key before the release asks how it stands, and hears of a loss")
    func beforeRelease() {
        var leader = Self.leader()
        _ = leader.handle(.proceed)
        _ = leader.handle(.received(.redirected))
        #expect(leader.state == .waiting(before: .release, nil))
        #expect(Self.said(&leader, deadlines: 12) == (1...12).map { $0 < 10 ? [] : [.inquire] })
        _ = leader.handle(.received(.settled(.lost)))
        #expect(leader.state == .returning(.lost, .restarted(.taker)))
    }

    @Test("between two reminders no more time passes than a taker waits")
    func often() {
        var leader = Self.leader()
        for _ in 0..<100 {
            for action in leader.handle(.deadlinePassed) {
                if case .setDeadline(let duration) = action { #expect(duration ?? .zero < MoveTiming().preparedLimit) }
            }
        }
    }
}
