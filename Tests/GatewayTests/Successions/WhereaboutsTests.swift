import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Testing

@Suite("Where SAs went")
struct WhereaboutsTests {
    private static let identifier: SAIdentifier = {
        guard let spi = SPI(0x1001) else { preconditionFailure("It is not reserved.") }
        return SAIdentifier(spi: spi, destination: Figure.address(1), securityProtocol: .esp)
    }()
    private static let there = move(from: "PR", to: "NR", 1)
    private static let back = move(from: "NR", to: "PR", 2)

    private static func move(from holder: NodeName, to taker: NodeName, _ number: UInt128) -> MoveDescription {
        MoveDescription(
            id: MoveID(number), subject: MoveSubject(address: Figure.address(1)),
            route: MoveRoute(holder: holder, source: holder, target: taker, taker: taker))
    }

    private static func event(_ role: MoveRole, _ move: MoveDescription, _ kind: MoveEvent.Kind) -> MoveEvent {
        MoveEvent(key: MovePartyKey(id: move.id, role: role), move: move, kind: kind, instant: .now)
    }

    @Test("an SA has left once its move is completed, and is here again when it is back")
    func moves() {
        var places = Whereabouts()
        places.take(Self.event(.holder, Self.there, .released([Self.identifier])))
        #expect(places.left.isEmpty)
        places.take(Self.event(.holder, Self.there, .stands(.over(.completed))))
        #expect(places.left == [Self.identifier: Self.there] && places.arrived.isEmpty)
        #expect(places.departures == [Self.there.subject: Self.there])
        // A user whose SAs have ended there may begin anew.
        var later = places
        later.end([Self.identifier])
        #expect(later.left.isEmpty && later.departures == places.departures)
        places.take(Self.event(.taker, Self.back, .installed([])))
        #expect(places.departures == [Self.there.subject: Self.there])
        places.take(Self.event(.taker, Self.back, .installed([Self.identifier])))
        #expect(places.left.isEmpty && places.arrived == [Self.identifier: Self.back])
        #expect(places.departures.isEmpty)
        places.end([Self.identifier])
        #expect(places.arrived.isEmpty)
    }

    @Test("an SA that ended in its move has gone nowhere")
    func ended() {
        var places = Whereabouts()
        places.take(Self.event(.holder, Self.there, .released([Self.identifier])))
        var lost = places
        places.take(Self.event(.holder, Self.there, .stands(.over(.failed(.timeout(.taker))))))
        #expect(places == Whereabouts())
        // Its taker may ask for a new one, until key management knows that it ended.
        lost.take(Self.event(.holder, Self.there, .stands(.over(.ended(.timeout(.taker))))))
        #expect(lost.left.isEmpty && lost.ended == [Self.identifier: Self.there])
        lost.forget(ended: [Self.identifier])
        #expect(lost == Whereabouts())
    }

    @Test("a journal tells the same after a restart")
    func notes() {
        func note(_ role: MoveRole, _ move: MoveDescription, _ record: MoveRecord) -> MoveNote {
            MoveNote(
                key: MovePartyKey(id: move.id, role: role), move: move, record: record, identifiers: [Self.identifier],
                requestedBy: "")
        }
        let gone = note(.holder, Self.there, .closed(.released))
        #expect(Whereabouts([gone]).left == [Self.identifier: Self.there])
        let places = Whereabouts([gone, note(.taker, Self.back, .released)])
        #expect(places.left.isEmpty && places.arrived == [Self.identifier: Self.back])
        let lost = Whereabouts([note(.holder, Self.there, .closed(.ended))])
        #expect(lost.left.isEmpty && lost.ended == [Self.identifier: Self.there])
    }
}
