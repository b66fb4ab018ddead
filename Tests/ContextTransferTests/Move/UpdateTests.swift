import ContextTransfer
import IPsec
import Testing

/// The far end of SAs that move under another name is told, until it has acknowledged.
@Suite("Updates of the mobile node")
struct UpdateTests {
    private static let name = GatewayName(
        spi: SimulatedAssociations.lanes[0].identifiers[0].spi, address: IPAddress(v4: 127, 10, 1, 2))
    private static let update = GatewayUpdate(
        identifier: SimulatedAssociations.lanes[0].identifiers[0], name: name, order: 1)
    private static let taken = [
        SimulatedAssociations.lanes[0].identifiers[0].named(name), SimulatedAssociations.lanes[0].identifiers[1],
    ]

    /// A taker that has the first SA under another name in force, not told yet.
    private static func taker(stepping: Bool = false) -> TakerMove {
        var taker = TakerMove()
        var contexts = SimulatedAssociations.lanes[0].contexts
        contexts.redirectsWhenAsked = stepping
        _ = taker.handle(.received(.prepare(contexts)))
        _ = taker.handle(.checked([.renamed(name), .accepted]))
        _ = taker.handle(.held)
        _ = taker.handle(.received(.transfer([DynamicAttributes(), DynamicAttributes()], elapsed: .zero)))
        return taker
    }

    @Test(
        "it is told once the SAs are in force, again when it says nothing, and the traffic is turned when it has said so"
    )
    func told() {
        var taker = Self.taker()
        let telling: [MoveAction] = [.send(.update([Self.update]), to: .target), .setDeadline(MoveTiming().retry)]
        #expect(
            taker.handle(.installed) == [.record(.installed), .send(.settled(.installed), to: .target)] + telling)
        #expect(taker.handle(.deadlinePassed) == telling)
        #expect(
            taker.handle(.received(.updated(nil)))
                == [.setDeadline(nil), .retireOldNames(Self.taken), .redirect(Self.taken)])
        #expect(taker.handle(.received(.updated(nil))) == [])
        #expect(taker.handle(.deadlinePassed) == [])
    }

    @Test("one that refuses has no such SA any more: the copy ends, and the operator is told")
    func refused() {
        var taker = Self.taker()
        _ = taker.handle(.installed)
        #expect(
            taker.handle(.received(.updated(.noAssociation)))
                == [
                    .setDeadline(nil), .renegotiate(Self.taken, .noAssociation),
                    .remove(Self.taken, forwarding: false),
                ])
        #expect(taker.handle(.removed) == [.record(.lost), .send(.destroyed, to: .target), .finish])
        #expect(taker.handle(.received(.inquire)) == [.send(.settled(.lost), to: .target)])
    }

    @Test("in a move that steps it is told when the leader inquires")
    func stepping() {
        var taker = Self.taker(stepping: true)
        #expect(taker.handle(.installed) == [.record(.installed), .send(.settled(.installed), to: .target)])
        #expect(taker.handle(.deadlinePassed) == [])
        #expect(taker.handle(.received(.inquire)).contains(.send(.update([Self.update]), to: .target)))
    }

    @Test("nobody is told of a move that was cancelled before the SAs came into force")
    func cancelled() {
        var taker = TakerMove()
        _ = taker.handle(.received(.prepare(SimulatedAssociations.lanes[0].contexts)))
        _ = taker.handle(.checked([.renamed(Self.name), .accepted]))
        #expect(
            taker.handle(.held).contains(.send(.prepared([.renamed(Self.name), .accepted]), to: .target)))
        let actions = taker.handle(.received(.cancel(.busy)))
        #expect(actions.contains(.forget(Self.taken)))
        for input in [TakerMove.Input.deadlinePassed, .received(.inquire), .received(.updated(nil))] {
            #expect(!taker.handle(input).contains { if case .send(.update, to: _) = $0 { true } else { false } })
        }
    }

    @Test("a restarted taker tells it anew, and closes when the leader knows that it was told")
    func restarted() {
        var taker = TakerMove(
            restoring: .installed, identifiers: Self.taken, inForce: true, stackSurvived: true, updates: [Self.update])
        #expect(taker.handle(.received(.inquire)).contains(.send(.update([Self.update]), to: .target)))
        #expect(taker.handle(.received(.release)).contains(.record(.released)))
        #expect(taker.state == .installed(Self.taken, redirected: true))
    }

    @Test("the new router hands the update to the mobile node, and its answer to the taker")
    func handedOn() {
        var target = TargetMove()
        #expect(target.handle(.received(.update([Self.update]))).first == .send(.update([Self.update]), to: .mobile))
        #expect(target.handle(.received(.updated(nil))).first == .send(.updated(nil), to: .taker))
    }

    @Test("what the mobile node does not acknowledge goes through the previous router as well")
    func detour() {
        var target = TargetMove()
        let (direct, detour) = (
            MoveAction.send(.update([Self.update]), to: .mobile), MoveAction.send(.update([Self.update]), to: .source)
        )
        for round in 1...6 {
            let actions = target.handle(.received(.update([Self.update])))
            #expect(actions.contains(direct) && actions.contains(detour) == (round > 4))
        }
        _ = target.handle(.received(.updated(nil)))
        #expect(!target.handle(.received(.update([Self.update]))).contains(detour))
    }

    @Test("the mobile node acknowledges what its stack did, and tells why it did not")
    func mobile() {
        var node = MobileMove()
        #expect(node.handle(.received(.update([Self.update]))) == [.update([Self.update])])
        #expect(node.handle(.received(.update([Self.update]))) == [])
        #expect(node.handle(.updated) == [.send(.updated(nil), to: .target), .finish])
        var other = MobileMove()
        _ = other.handle(.received(.update([Self.update])))
        #expect(other.handle(.failed(.outdated)) == [.send(.updated(.outdated), to: .target), .finish])
    }
}
