import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Testing

@Suite("A gateway that gives SAs away", .timeLimit(.minutes(1)))
struct HoldingTests {
    private func holder(_ notes: Notebook = Notebook()) async throws -> LoneNode {
        let node = LoneNode("SG1", notes: notes)
        try await node.stack.install(Pair.associations, policies: [])
        return node
    }

    /// The node has given its static contexts.
    private func offer(at node: LoneNode, of other: MoveDescription? = nil) async {
        await node.hears(.collect(Pair.identifiers), from: .source, as: .holder, of: other)
        #expect(await node.says() == .collected(Pair.contexts))
    }

    @Test("new SAs that their negotiation may take away again do not move")
    func unsettled() async throws {
        let node = try await holder()
        try await node.run {
            await node.moves.hold(unsettled: Pair.identifiers)
            await offer(at: node)
            await node.hears(.quiesce, from: .source, as: .holder)
            #expect(await node.says() == .refused(.associationChanged))
            #expect(node.stack.phases == [.inForce, .inForce])
            await node.moves.settle(Pair.identifiers)
            let next = MoveDescription(id: MoveID(0x77), subject: node.move.subject, route: node.move.route)
            await offer(at: node, of: next)
            await node.hears(.quiesce, from: .source, as: .holder, of: next)
            #expect(await node.says()?.isTransfer == true)
        }
    }

    @Test("it gives nothing away of which an SA cannot leave, also where that was not so when it was planned")
    func obstructed() async throws {
        let node = try await holder()
        node.stack.obstruct(Pair.identifiers[1], MoveObstacle("it is for packets with a mark"))
        try await node.run {
            await node.hears(.collect(Pair.identifiers), from: .source, as: .holder)
            #expect(await node.says() == .refused(.failure("it is for packets with a mark")))
            #expect(node.stack.phases == [.inForce, .inForce])
        }
    }

    @Test("it asks the previous router, and again until it answers")
    func request() async throws {
        let node = try await holder()
        let message = MoveMessage.request(MoveRequest(offer: Pair.offer))
        try await node.run {
            await node.moves.request(node.move, MoveRequest(offer: Pair.offer))
            #expect(await node.says() == message)
            #expect(await node.clock.isSlept(until: [.milliseconds(500)]))
            node.clock.advance(by: .milliseconds(500))
            #expect(await node.says() == message)
            await node.hears(.refused(.busy), from: .source, as: .holder)
            await node.stands(.over(.refused(.busy)), as: .holder)
        }
    }

    @Test("it takes them out of service, and destroys them once they are installed")
    func away() async throws {
        let node = try await holder()
        try await node.run {
            await offer(at: node)
            await node.hears(.quiesce, from: .source, as: .holder)
            guard case .transfer(let dynamics, let elapsed)? = await node.says() else {
                Issue.record("no final state")
                return
            }
            #expect(dynamics == Pair.dynamics && elapsed > .zero)
            #expect(node.stack.phases == [.quiesced, .quiesced])
            #expect(
                await node.moves.moving == Dictionary(uniqueKeysWithValues: Pair.identifiers.map { ($0, node.move.id) })
            )
            #expect(await node.moves.isAmidMoves)
            await node.hears(.settled(.installed), from: .source, as: .holder)
            #expect(await node.says() == .closed(.released))
            #expect(node.stack.phases.isEmpty)
            #expect(node.notes.records == [.mayBeSent, .closed(.released)])
            // Who asks again is answered from the note.
            await node.hears(.settled(.installed), from: .source, as: .holder)
            #expect(await node.says() == .closed(.released))
            while await node.moves.partyCount > 0 { await Task.yield() }
            #expect(await node.moves.moving.isEmpty)
            #expect(await !node.moves.isAmidMoves)
        }
    }

    @Test("it reads the SAs of the move alone, however many others there are")
    func reading() async throws {
        let node = try await holder()
        try await node.run {
            await offer(at: node)
            await node.hears(.quiesce, from: .source, as: .holder)
            _ = await node.says()
            await node.hears(.settled(.installed), from: .source, as: .holder)
            #expect(await node.says() == .closed(.released))
            #expect(node.stack.now.readings == 0)
        }
    }

    @Test("what may be sent and could not be noted stays in force")
    func fullDisk() async throws {
        let node = try await holder()
        try await node.run {
            await offer(at: node)
            node.notes.writes = false
            await node.hears(.quiesce, from: .source, as: .holder)
            await node.fails()
            #expect(node.stack.phases == [.inForce, .inForce])
            #expect(await node.moves.moving.isEmpty)
            await node.hears(.quiesce, from: .source, as: .holder)
            #expect(await node.says() == .refused(.unknownMove))
        }
    }

    @Test("a party that could not write its note comes back by itself")
    func comesBack() async throws {
        let node = try await holder()
        try await node.run {
            await offer(at: node)
            await node.hears(.quiesce, from: .source, as: .holder)
            _ = await node.says()
            node.notes.writes = false
            await node.hears(.settled(.installed), from: .source, as: .holder)
            await node.fails()
            #expect(node.notes.records == [.mayBeSent])
            #expect(await node.clock.isSlept(until: [.seconds(5)]))
            node.notes.writes = true
            node.clock.advance(by: .seconds(5))
            #expect(await node.says() == .inquire)
            await node.hears(.settled(.installed), from: .source, as: .holder)
            #expect(await node.says() == .closed(.released))
        }
    }

    @Test("two moves of the same SAs: the second takes nothing out of service and leaves no trace")
    func twice() async throws {
        let node = try await holder()
        let other = MoveDescription(
            id: MoveID(0x9999), subject: LoneNode.subject,
            route: MoveRoute(holder: "SG1", source: "P2", target: "NR", taker: "SG2"))
        try await node.run {
            await offer(at: node)
            await offer(at: node, of: other)
            await node.hears(.quiesce, from: .source, as: .holder)
            _ = await node.says()
            await node.hears(.quiesce, from: .source, as: .holder, of: other)
            #expect(await node.says() == .refused(.busy))
            #expect(node.notes.records == [.mayBeSent, .closed(.kept)])
            await node.hears(.settled(.cancelled(.busy)), from: .source, as: .holder)
            #expect(await node.says() == .closed(.kept))
            #expect(node.stack.phases == [.inForce, .inForce])
        }
    }

    @Test("an SA that is rekeyed or deleted before it is out of service ends the move")
    func changed() async throws {
        let node = try await holder()
        try await node.run {
            await offer(at: node)
            try await node.moves.associationsChanged([Pair.identifiers[1]], .associationChanged)
            #expect(await node.says() == .refused(.associationChanged))
        }
    }

    @Test("it does nothing under a name that it does not know")
    func unknown() async throws {
        let node = try await holder()
        try await node.run {
            await node.hears(.quiesce, from: .source, as: .holder)
            #expect(await node.says() == .refused(.unknownMove))
            await node.hears(.settled(.installed), from: .source, as: .holder)
            #expect(await node.says() == .closed(.kept))
            #expect(node.stack.phases == [.inForce, .inForce])
        }
    }

    @Test(
        "a note says how a restarted holder goes on",
        arguments: [
            (.mayBeSent, .inForce, [.closed(.kept)]),
            (.mayBeSent, .quiesced, [.inquire]),
            (.ending, .quiesced, [.closed(.ended)]),
            (.closed(.released), nil, [.closed(.released)]),
            (.closed(.kept), .inForce, [.closed(.kept)]),
            (.closed(.ended), nil, [.closed(.ended)]),
        ] as [(MoveRecord, SAPhase?, [MoveMessage])])
    func restarted(record: MoveRecord, phase: SAPhase?, answers: [MoveMessage]) async throws {
        let node = try await holder()
        try node.notes.keep(node.note(record, .holder))
        if let phase { node.stack.set(phase, Pair.identifiers) } else { node.stack.lose() }
        try await node.run {
            _ = try await node.moves.restore(node.notes.notes, stackSurvived: true)
            if answers != [.inquire], record != .ending { await node.hears(.quiesce, from: .source, as: .holder) }
            for answer in answers { #expect(await node.says() == answer) }
        }
        let isElsewhere = record == .closed(.released) || phase == .quiesced && record == .mayBeSent
        #expect(Set(node.stack.now.forwarded.keys) == (isElsewhere ? Set(Pair.identifiers) : []))
    }

    @Test("SAs that are gone with the stack, and did not come there, are told of as missing: someone has to renew them")
    func missing() async throws {
        let node = try await holder()
        try node.notes.keep(node.note(.mayBeSent, .holder))
        node.stack.lose()
        try await node.run {
            _ = try await node.moves.restore(node.notes.notes, stackSurvived: false)
            #expect(await node.says() == .inquire)
            await node.hears(.settled(.lost), from: .source, as: .holder)
            for await event in node.moves.events {
                guard case .missing(let identifiers) = event.kind else { continue }
                #expect(identifiers == Pair.identifiers)
                break
            }
            #expect(await node.says() == .closed(.ended))
        }
    }

    @Test("a holder that ended while it took SAs out of service puts all of them back")
    func interrupted() async throws {
        let node = try await holder()
        try node.notes.keep(node.note(.mayBeSent, .holder))
        node.stack.set(.quiesced, [Pair.identifiers[0]])
        try await node.run {
            _ = try await node.moves.restore(node.notes.notes, stackSurvived: true)
            #expect(node.stack.phases == [.inForce, .inForce])
            await node.hears(.quiesce, from: .source, as: .holder)
            #expect(await node.says() == .closed(.kept))
        }
    }
}

extension MoveMessage {
    fileprivate var isTransfer: Bool { if case .transfer = self { true } else { false } }
}
