import ContextTransfer
import ForwardingPath
import IPsec
import Testing

@Suite("The end of a move")
struct ReleaseTests {
    private static let lane = SimulatedAssociations.lanes[0]
    private static let verdicts = lane.identifiers.map { _ in Verdict.accepted }
    private static let offer = MoveOffer(
        subject: lane.subject, associations: lane.associations.map { AssociationOffer($0) }, needsApproval: false,
        requestedBy: "alice")

    @Test(
        "what one party was asked at the end is not asked again because another one answers",
        arguments: [[MoveMessage.closed(.released), .released], [.released, .closed(.released)]])
    func ending(answers: [MoveMessage]) {
        var leader = SourceMove(offer: Self.offer, approval: .automatic, stepping: false)
        let inputs: [SourceMove.Input] = [
            .start, .received(.answer(Self.verdicts)), .received(.collected(Self.lane.contexts)),
            .received(.prepared(Self.verdicts)),
            .received(.transfer(Self.lane.associations.map(\.state), elapsed: .zero)),
            .received(.settled(.installed)), .received(.redirected),
        ]
        for input in inputs { _ = leader.handle(input) }
        #expect(leader.state == .releasing(holderClosed: false, takerClosed: false))
        #expect(leader.handle(.received(answers[0])) == [])
        // Who said nothing is asked again in its time, and nobody else.
        let again: MoveAction =
            answers[0] == .released ? .send(.settled(.installed), to: .holder) : .send(.release, to: .target)
        #expect(leader.handle(.deadlinePassed) == [again, .setDeadline(MoveTiming().retry)])
        #expect(leader.handle(.received(answers[1])).first == .record(.finished(.completed)))
    }
}
