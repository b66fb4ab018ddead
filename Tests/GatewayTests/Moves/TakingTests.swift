import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Testing

@Suite("A gateway that takes SAs", .timeLimit(.minutes(1)))
struct TakingTests {
    /// The node goes as far as *installed*.
    private func install(at node: LoneNode) async {
        await node.hears(.prepare(Pair.contexts), from: .target, as: .taker)
        #expect(await node.says() == .prepared(Pair.accepted))
        #expect(await node.moves.isAmidMoves)
        await node.hears(.transfer(Pair.dynamics, elapsed: .seconds(3)), from: .target, as: .taker)
        #expect(await node.says() == .settled(.installed))
        #expect(await node.says() == .redirected)
        #expect(await !node.moves.isAmidMoves)
    }

    @Test("a move that is released is over here, and answered ever after without a party that stays")
    func released() async throws {
        let node = LoneNode("SG2")
        try await node.run {
            await install(at: node)
            await node.hears(.release, from: .target, as: .taker)
            #expect(await node.says() == .released)
            await node.stands(.over(.completed), as: .taker)
            #expect(node.notes.records == [.installing, .installed, .released])
            for _ in 0..<3 {
                await node.hears(.release, from: .target, as: .taker)
                #expect(await node.says() == .released)
            }
            #expect(node.notes.records == [.installing, .installed, .released])
            await node.hears(.inquire, from: .target, as: .taker)
            #expect(await node.says() == .settled(.installed))
            while await node.moves.partyCount > 0 { await Task.yield() }
        }
    }

    @Test("what was only asked about is forgotten when nobody comes back to it, and nothing is written of it")
    func askedAbout() async throws {
        let node = LoneNode("SG2")
        try await node.run {
            await node.hears(.query(Pair.offer), from: .target, as: .taker)
            #expect(await node.says() == .answer(Pair.accepted))
            #expect(await node.moves.partyCount == 1)
            #expect(await node.clock.isSlept(until: [MoveTiming().preparedLimit]))
            node.clock.advance(by: MoveTiming().preparedLimit)
            await node.stands(.forgotten, as: .taker)
            while await node.moves.partyCount > 0 { await Task.yield() }
            #expect(node.notes.records == [])
            // A leader whose operators took their time goes on all the same.
            await node.hears(.prepare(Pair.contexts), from: .target, as: .taker)
            #expect(await node.says() == .prepared(Pair.accepted))
        }
    }

    @Test("a new router forgets a move of which nobody speaks")
    func handedOn() async throws {
        let node = LoneNode("NR")
        try await node.run {
            await node.hears(.query(Pair.offer), from: .source, as: .target)
            #expect(await node.says() == .query(Pair.offer))
            #expect(await node.clock.isSlept(until: [MoveTiming().silenceLimit]))
            node.clock.advance(by: MoveTiming().silenceLimit)
            await node.stands(.forgotten, as: .target)
            while await node.moves.partyCount > 0 { await Task.yield() }
        }
    }

    @Test(
        "an order says what is done where an SPI is in use, also against the gateway's own rule",
        arguments: [(nil, .deny, false), (.reassign, .deny, true), (nil, .reassign, true), (.deny, .reassign, false)]
            as [(SPIConflictPolicy?, SPIConflictPolicy, Bool)])
    func conflict(ordered: SPIConflictPolicy?, own: SPIConflictPolicy, isRenamed: Bool) async throws {
        let route = MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2", mobile: "MN")
        let node = LoneNode("SG2", route: route, spiConflict: own)
        try await node.stack.install(Pair.associations, policies: [])
        var (offer, contexts) = (Pair.offer, Pair.contexts)
        (offer.spiConflict, contexts.spiConflict) = (ordered, ordered)
        let question = offer
        let statics = contexts
        try await node.run {
            await node.hears(.query(question), from: .target, as: .taker)
            guard case .answer(let answered)? = await node.says() else { throw Unexpected() }
            await node.hears(.prepare(statics), from: .target, as: .taker)
            guard case .prepared(let prepared)? = await node.says() else { throw Unexpected() }
            for verdicts in [answered, prepared] {
                #expect(verdicts.allSatisfy { ($0.name != nil) == isRenamed })
                #expect(verdicts.allSatisfy { ($0.reason == .spiInUse) == !isRenamed })
            }
        }
    }

    @Test("policies for the same packets are found before anything is taken out of service")
    func policies() async throws {
        let node = LoneNode("SG2")
        func policy(_ name: String, _ association: SAIdentifier?) -> Policy {
            Policy(
                name: name, direction: .inbound, selectors: [], action: .protect, origin: .user("MN"),
                association: association)
        }
        try await node.stack.install([], policies: [policy("other", nil)])
        var contexts = Pair.contexts
        contexts.associations[0].policies = [policy("up", Pair.identifiers[0])]
        let statics = contexts
        try await node.run {
            await node.hears(.prepare(statics), from: .target, as: .taker)
            #expect(await node.says() == .prepared(Pair.identifiers.map { _ in .refused(.policyInUse("up")) }))
            await node.hears(.inquire, from: .target, as: .taker)
            #expect(await node.says() == .settled(.cancelled(.policyInUse("up"))))
            #expect(node.stack.now.held.isEmpty)
        }
    }

    private struct Unexpected: Error {}

    @Test("who is asked what SAs there are tells how large their contexts are")
    func surveyed() async throws {
        let node = LoneNode("SG1")
        try await node.stack.install(Pair.associations, policies: [])
        try await node.run {
            await node.hears(.survey, from: .source, as: .holder)
            guard case .surveyed(let summaries)? = await node.says() else { throw Unexpected() }
            let sizes = try Pair.associations.map { UInt32(try AssociationContext.octets(of: $0, policies: [])) }
            #expect(summaries.map(\.contextOctets) == sizes && sizes.allSatisfy { $0 > 100 })
        }
    }

    @Test("names that are made up do not fill the table of parties")
    func madeUp() async throws {
        let node = LoneNode("SG2", partyLimit: 2)
        try await node.run {
            for number in 1...3 {
                let move = MoveDescription(
                    id: MoveID(UInt128(number)), subject: node.move.subject, route: node.move.route)
                await node.hears(.query(Pair.offer), from: .target, as: .taker, of: move)
                #expect(await node.says() == (number < 3 ? .answer(Pair.accepted) : .refused(.busy)))
            }
            #expect(await node.moves.partyCount == 2)
            // Nothing is kept of what only asks how a move stands, either.
            for message in [.inquire, .cancel(.unknownMove), .destroy, .release, .updated(nil)] as [MoveMessage] {
                let move = MoveDescription(id: .random(), subject: node.move.subject, route: node.move.route)
                await node.hears(message, from: .target, as: .taker, of: move)
            }
            #expect(await node.moves.partyCount == 2 && node.notes.notes.isEmpty)
        }
    }

    @Test("what changes nothing at a taker that knows nothing makes no party")
    func nothingKept() async throws {
        let node = LoneNode("SG2")
        try await node.run {
            for message in [.release, .updated(nil), .updated(.outdated)] as [MoveMessage] {
                let move = MoveDescription(id: .random(), subject: node.move.subject, route: node.move.route)
                await node.hears(message, from: .target, as: .taker, of: move)
            }
            #expect(await node.moves.partyCount == 0)
        }
    }

    @Test("it reads the SAs of the move alone, however many others there are")
    func reading() async throws {
        let node = LoneNode("SG2")
        try await node.run { await install(at: node) }
        let restarted = LoneNode("SG2", stack: node.stack, notes: node.notes)
        _ = try await restarted.moves.restore(node.notes.notes, stackSurvived: true)
        #expect(node.stack.now.readings == 0)
    }

    @Test("the time out of service counts in the lifetimes")
    func age() async throws {
        let node = LoneNode("SG2")
        try await node.run { await install(at: node) }
        #expect(node.stack.now.associations.values.allSatisfy { $0.association.state.use.age > .seconds(3) })
    }

    @Test("what was released and has moved on was installed all the same")
    func movedOn() async throws {
        let (node, later) = (LoneNode("SG2"), LoneNode("SG2", id: MoveID(0x9999)))
        try node.notes.keep(node.note(.released, .taker))
        try node.notes.keep(later.note(.closed(.released), .holder))
        try await node.run {
            _ = try await node.moves.restore(node.notes.notes, stackSurvived: true)
            await node.hears(.inquire, from: .target, as: .taker)
            #expect(await node.says() == .settled(.installed))
        }
    }

    @Test("without its note nothing is answered, and the operator is told once")
    func unreadable() async throws {
        let node = LoneNode("SG2")
        try node.notes.keep(node.note(.installed, .taker))
        node.notes.reads = false
        try await node.run {
            await node.hears(.inquire, from: .target, as: .taker)
            await node.hears(.inquire, from: .target, as: .taker)
            await node.fails()
            #expect(await node.moves.partyCount == 0)
            #expect(node.notes.records == [.installed])
        }
    }

    @Test("who knows a move's name cannot change its route", arguments: [false, true])
    func otherRoute(restarts: Bool) async throws {
        let node = LoneNode("SG2")
        let forged = MoveDescription(
            id: node.move.id, subject: node.move.subject,
            route: MoveRoute(holder: "SG1", source: "PR", target: "XX", taker: "SG2"))
        try await node.run {
            if restarts {
                try node.notes.keep(node.note(.installed, .taker))
            } else {
                await node.hears(.prepare(Pair.contexts), from: .target, as: .taker)
                #expect(await node.says() == .prepared(Pair.accepted))
            }
            let before = node.notes.records
            await node.hears(.cancel(.busy), from: .target, as: .taker, of: forged)
            await node.hears(.destroy, from: .target, as: .taker, of: forged)
            await node.hears(.prepare(Pair.contexts), from: .target, as: .taker)
            #expect(await node.says() == (restarts ? .settled(.lost) : .prepared(Pair.accepted)))
            #expect(node.notes.records == before + (restarts ? [.lost] : []))
        }
    }

    @Test("a move that it does not know will never come: that is durable before it is said")
    func unknown() async throws {
        let node = LoneNode("SG2")
        try await node.run {
            await node.hears(.inquire, from: .target, as: .taker)
            #expect(await node.says() == .settled(.cancelled(.unknownMove)))
            #expect(node.notes.records == [.cancelled(.unknownMove)])
            await node.hears(.prepare(Pair.contexts), from: .target, as: .taker)
            #expect(await node.says() == .settled(.cancelled(.unknownMove)))
        }
    }

    @Test("SAs that came and could not be noted as installed are told of when they are")
    func fullDisk() async throws {
        let node = LoneNode("SG2")
        try await node.run {
            await node.hears(.prepare(Pair.contexts), from: .target, as: .taker)
            #expect(await node.says() == .prepared(Pair.accepted))
            node.notes.writes = false
            await node.hears(.transfer(Pair.dynamics, elapsed: .zero), from: .target, as: .taker)
            await node.fails()
            await node.hears(.inquire, from: .target, as: .taker)
            #expect(await node.moves.partyCount == 0)
            node.notes.writes = true
            await node.hears(.inquire, from: .target, as: .taker)
            #expect(await node.says() == .settled(.installed))
            #expect(node.notes.records == [.installing, .installed])
        }
    }

    @Test(
        "a note says how a restarted taker answers",
        arguments: [
            (.installing, true, true, .settled(.lost)),
            (.installing, true, false, .settled(.cancelled(.restarted(.taker)))),
            (.installing, false, false, .settled(.lost)),
            (.installed, true, true, .settled(.installed)),
            (.installed, false, false, .settled(.lost)),
            (.cancelled(.busy), true, false, .settled(.cancelled(.busy))),
            (.lost, true, false, .settled(.lost)),
            (.released, true, true, .settled(.installed)),
        ] as [(MoveRecord, Bool, Bool, MoveMessage)])
    func restarted(record: MoveRecord, survived: Bool, inForce: Bool, answer: MoveMessage) async throws {
        let node = LoneNode("SG2")
        try node.notes.keep(node.note(record, .taker))
        // Once all were there one is enough to know: the other's lifetime may have ended meanwhile.
        if inForce { try await node.stack.install(Array(Pair.associations.prefix(1)), policies: []) }
        try await node.run {
            _ = try await node.moves.restore(node.notes.notes, stackSurvived: survived)
            await node.hears(.inquire, from: .target, as: .taker)
            #expect(await node.says() == answer)
        }
        // What comes here for SAs that never came goes to where they are.
        let isElsewhere = if case .settled(.cancelled) = answer { true } else { false }
        #expect(Set(node.stack.now.forwarded.keys) == (isElsewhere ? Set(Pair.identifiers) : []))
    }

    @Test("packets for SAs that did not come are passed on after a restart, unless they came later and ended")
    func forwarding() async throws {
        for last in [nil, .lost] as [MoveRecord?] {
            let node = LoneNode("SG2")
            try node.notes.keep(node.note(.cancelled(.busy), .taker))
            if let last {
                try node.notes.keep(
                    MoveNote(
                        key: MovePartyKey(id: .random(), role: .taker), move: node.move, record: last,
                        identifiers: Pair.identifiers, requestedBy: "alice"))
            }
            try await node.run {
                _ = try await node.moves.restore(node.notes.notes, stackSurvived: true)
            }
            #expect(Set(node.stack.now.forwarded.keys) == (last == nil ? Set(Pair.identifiers) : []))
        }
    }

    @Test(
        "SAs that are absent and may have ended by use are not said to be cancelled", arguments: [nil, 1, 2] as [Int?])
    func endedByUse(limited: Int?) async throws {
        var contexts = Pair.contexts
        if let limited {
            let limit = limited == 1 ? Lifetime(bytes: 1 << 20) : Lifetime(packets: 1 << 20)
            contexts.associations[1].association.attributes.hardLifetime = limit
        }
        let node = LoneNode("SG2")
        try await node.run { [contexts] in
            await node.hears(.prepare(contexts), from: .target, as: .taker)
            #expect(await node.says() == .prepared(Pair.accepted))
        }
        let restarted = LoneNode("SG2", notes: node.notes)
        try await restarted.run {
            _ = try await restarted.moves.restore(restarted.notes.notes, stackSurvived: true)
            await restarted.hears(.inquire, from: .target, as: .taker)
            #expect(
                await restarted.says() == .settled(limited == nil ? .cancelled(.restarted(.taker)) : .lost))
        }
    }

    @Test("what an install that failed left out of service is lost, also after a restart, and removed")
    func leftOver() async throws {
        for (phases, isNotedAsLost) in [
            ([.quiesced], false), ([.quiesced, .inForce], false), ([.inForce], false), ([.quiesced], true),
            ([.quiesced, .quiesced], true),
        ] as [([SAPhase], Bool)] {
            let node = LoneNode("SG2")
            try node.notes.keep(node.note(.installing, .taker))
            if isNotedAsLost { try node.notes.keep(node.note(.lost, .taker)) }
            try await node.stack.install(Array(Pair.associations.prefix(phases.count)), policies: [])
            for (phase, identifier) in zip(phases, Pair.identifiers) { node.stack.set(phase, [identifier]) }
            try await node.run {
                _ = try await node.moves.restore(node.notes.notes, stackSurvived: true)
                #expect(node.notes.records == [.installing, .lost] && node.stack.phases == [])
                await node.hears(.inquire, from: .target, as: .taker)
                #expect(await node.says() == .settled(.lost))
            }
        }
    }

    @Test("an install that was whole before a restart is installed")
    func whole() async throws {
        let node = LoneNode("SG2")
        try node.notes.keep(node.note(.installing, .taker))
        try await node.stack.install(Pair.associations, policies: [])
        try await node.run {
            _ = try await node.moves.restore(node.notes.notes, stackSurvived: true)
            await node.hears(.inquire, from: .target, as: .taker)
            #expect(await node.says() == .settled(.installed))
        }
    }

    @Test("an install that fails once packets may have gone through is lost; one that never began is cancelled")
    func spent() async throws {
        let failures: [(StackError, Settlement, MoveRecord)] = [
            (.ended("no answer"), .lost, .lost),
            (
                .system("no memory"), .cancelled(.failure("no memory")),
                .cancelled(.failure("no memory"))
            ),
        ]
        for (failure, settlement, record) in failures {
            let node = LoneNode("SG2")
            node.stack.failInstall(failure)
            try await node.run {
                await node.hears(.prepare(Pair.contexts), from: .target, as: .taker)
                #expect(await node.says() == .prepared(Pair.accepted))
                await node.hears(.transfer(Pair.dynamics, elapsed: .seconds(3)), from: .target, as: .taker)
                #expect(await node.says() == .settled(settlement))
                #expect(node.notes.records == [.installing, record])
                // Whatever stayed of it is gone.
                #expect(node.stack.phases == [])
            }
        }
    }

    @Test("SAs that came and are gone with the stack are told of at one restart, and no more")
    func lost() async throws {
        let notes = Notebook()
        for expected in [Pair.identifiers, []] {
            let node = LoneNode("SG2", notes: notes)
            if notes.records.isEmpty { try notes.keep(node.note(.released, .taker)) }
            let lost = try await node.moves.restore(notes.notes, stackSurvived: false)
            #expect(lost == expected)
        }
    }

    @Test("neither is told of at a restart what was never here, nor what moved on, nor what expired")
    func notLost() async throws {
        let prepared = LoneNode("SG2")
        try prepared.notes.keep(prepared.note(.installing, .taker))
        #expect(try await prepared.moves.restore(prepared.notes.notes, stackSurvived: false) == [])

        let later = LoneNode("SG2", id: MoveID(0x9999))
        for record in [MoveRecord.mayBeSent, .closed(.released)] {
            let moved = LoneNode("SG2")
            try moved.notes.keep(moved.note(.released, .taker))
            try moved.notes.keep(later.note(record, .holder))
            #expect(try await moved.moves.restore(moved.notes.notes, stackSurvived: record == .mayBeSent) == [])
        }

        let expired = LoneNode("SG2")
        try await expired.run {
            await install(at: expired)
            await expired.hears(.release, from: .target, as: .taker)
            #expect(await expired.says() == .released)
            try await expired.moves.associationsChanged(Set(Pair.identifiers), .expired)
        }
        let again = LoneNode("SG2", notes: expired.notes)
        #expect(try await again.moves.restore(expired.notes.notes, stackSurvived: false) == [])
    }
}
