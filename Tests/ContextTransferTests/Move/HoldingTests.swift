import ContextTransfer
import IPsec
import Testing

/// Between its word that SAs may come and the stack's that it holds for them.
@Suite("A taker whose stack is asked to hold")
struct HoldingTests {
    private static let contexts = SimulatedAssociations.lanes[0].contexts
    private static let identifiers = contexts.takenIdentifiers
    private static let reason = MoveReason.policyInUse("10.1.0.0/16")

    private static func taker() -> TakerMove {
        var taker = TakerMove()
        _ = taker.handle(.received(.prepare(contexts)))
        let held = taker.handle(.checked(contexts.associations.map { _ in .accepted }))
        #expect(held.count == 2 && held.first == .record(.installing))
        return taker
    }

    @Test("it promises nothing before the stack holds")
    func held() {
        var taker = Self.taker()
        #expect(taker.handle(.deadlinePassed).isEmpty)
        #expect(taker.handle(.held).first == .send(.prepared(Self.contexts.acceptance), to: .target))
    }

    @Test("what is written down before has the new names, for who finds them in force after a restart")
    func named() {
        var taker = TakerMove()
        _ = taker.handle(.received(.prepare(Self.contexts)))
        let name = GatewayName(spi: Self.identifiers[0].spi, address: IPAddress(v4: 127, 10, 1, 2))
        _ = taker.handle(.checked([.renamed(name), .accepted]))
        #expect(taker.updates.map(\.name) == [name])
        let restarted = TakerMove(
            restoring: .installing, identifiers: Self.identifiers, inForce: true, stackSurvived: true,
            updates: taker.updates)
        guard case .updating = restarted.state else { return _ = Issue.record("\(restarted.state)") }
    }

    @Test("what the stack cannot hold is refused before anything is taken out of service, and for ever")
    func refused() {
        var taker = Self.taker()
        let refusal = MoveMessage.prepared(Self.contexts.associations.map { _ in .refused(Self.reason) })
        #expect(
            taker.handle(.failed(Self.reason))
                == [
                    .setDeadline(nil), .record(.cancelled(Self.reason)), .forget(Self.identifiers),
                    .send(refusal, to: .target), .finish,
                ])
        let answer = MoveAction.send(.settled(.cancelled(Self.reason)), to: .target)
        #expect(taker.handle(.received(.inquire)) == [answer] && taker.handle(.held) == [])
    }

    @Test(
        "what is not to come any more is forgotten",
        arguments: [.cancel(reason), .inquire, .destroy, .abandon(reason), .transfer([], elapsed: .zero)]
            as [MoveMessage])
    func forgotten(message: MoveMessage) {
        var taker = Self.taker()
        #expect(taker.handle(.received(message)).contains(.forget(Self.identifiers)))
        #expect(taker.handle(.held) == [])
    }
}
