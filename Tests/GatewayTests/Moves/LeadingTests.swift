import ContextTransfer
import ForwardingPath
import Gateway
import Testing

@Suite("A router that leads moves", .timeLimit(.minutes(1)))
struct LeadingTests {
    private let request = MoveMessage.request(MoveRequest(offer: Pair.offer))

    @Test("it asks for approval where its policy says so, and goes on when an operator agrees")
    func approved() async throws {
        let node = LoneNode("PR", approval: .source)
        try await node.run {
            await node.hears(request, from: .holder, as: .source)
            #expect(await node.says() == .answer(Pair.accepted))
            #expect(await node.says() == .query(Pair.offer))
            await node.hears(.answer(Pair.accepted), from: .target, as: .source)
            await node.stands(.awaitingApproval([.source]), as: .source)
            #expect(await node.moves.approve(node.move.id, agrees: true, by: "bob"))
            #expect(await node.says() == .collect(Pair.identifiers))
            #expect(node.notes.records == [.started])
        }
    }

    @Test(
        "a request adds to the router's own rule who must agree, and takes nobody from it",
        arguments: [
            (.source, nil, [.source]), (.source, .automatic, [.source]), (.source, .target, [.source, .target]),
            (.automatic, .source, [.source]), (.both, .source, [.source, .target]),
        ] as [(ApprovalPolicy, ApprovalPolicy?, Set<MoveRole>)])
    func rules(own: ApprovalPolicy, asked: ApprovalPolicy?, missing: Set<MoveRole>) async throws {
        let node = LoneNode("PR", approval: own)
        try await node.run {
            let request = MoveRequest(offer: Pair.offer, approval: asked)
            await node.hears(.request(request), from: .holder, as: .source)
            await node.hears(.answer(Pair.accepted), from: .target, as: .source)
            await node.stands(.awaitingApproval(missing), as: .source)
        }
    }

    @Test("an operator's no, or abort, ends the move before anything moved", arguments: [true, false])
    func denied(denies: Bool) async throws {
        let node = LoneNode("PR", approval: .source)
        try await node.run {
            await node.hears(request, from: .holder, as: .source)
            await node.hears(.answer(Pair.accepted), from: .target, as: .source)
            await node.stands(.awaitingApproval([.source]), as: .source)
            let reason = denies ? MoveReason.notApproved(by: "bob") : .aborted(by: "bob")
            if denies {
                #expect(await node.moves.approve(node.move.id, agrees: false, by: "bob"))
            } else {
                #expect(await node.moves.abort(node.move.id, by: "bob"))
            }
            await node.says(until: .cancel(reason))
            await node.hears(.settled(.cancelled(reason)), from: .target, as: .source)
            await node.stands(.over(.stayed(reason)), as: .source)
            #expect(await !node.moves.approve(node.move.id, agrees: true, by: "bob"))
            #expect(await !node.moves.abort(node.move.id, by: "bob"))
        }
    }

    @Test("a gateway that is its own previous router asks as its policy says")
    func ownRouter() async throws {
        let route = MoveRoute(holder: "SG1", source: "SG1", target: "NR", taker: "SG2")
        let node = LoneNode("SG1", route: route, approval: .source)
        try await node.run {
            await node.moves.request(node.move, MoveRequest(offer: Pair.offer))
            #expect(await node.says() == .query(Pair.offer))
            await node.hears(.answer(Pair.accepted), from: .target, as: .source)
            await node.stands(.awaitingApproval([.source]), as: .source)
        }
    }

    @Test("it leads one move of a subject at a time, also after a restart in the switch")
    func busy() async throws {
        let other = MoveDescription(id: MoveID(0x9999), subject: LoneNode.subject, route: LoneNode.route)
        for restarts in [false, true] {
            let node = LoneNode("PR")
            if restarts { try node.notes.keep(node.note(.switching, .source)) }
            try await node.run {
                if restarts {
                    _ = try await node.moves.restore(node.notes.notes, stackSurvived: false)
                } else {
                    await node.hears(request, from: .holder, as: .source)
                }
                await node.hears(request, from: .holder, as: .source, of: other)
                await node.says(until: .refused(.busy))
                guard restarts else { return }
                await node.hears(.settled(.cancelled(.restarted(.source))), from: .target, as: .source)
                await node.hears(.closed(.kept), from: .holder, as: .source)
                await node.stands(.over(.aborted(.restarted(.source))), as: .source)
                await node.hears(request, from: .holder, as: .source, of: other)
                await node.says(until: .query(Pair.offer))
            }
        }
    }

    @Test("a move that ended before any SA left its gateway is in no other's way, also where the taker is silent")
    func cancelled() async throws {
        let node = LoneNode("PR")
        let other = MoveDescription(
            id: MoveID(0x9999), subject: LoneNode.subject,
            route: MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG3"))
        try await node.run {
            await node.hears(request, from: .holder, as: .source)
            await node.hears(.answer(Pair.accepted), from: .target, as: .source)
            await node.hears(.refused(.noAssociation), from: .holder, as: .source)
            await node.says(until: .cancel(.noAssociation))
            await node.hears(request, from: .holder, as: .source, of: other)
            while let message = await node.says(), message != .query(Pair.offer) { #expect(message != .refused(.busy)) }
            #expect(await node.moves.partyCount == 2)
        }
    }

    @Test("who asks about a move that is not known is told so")
    func unknown() async throws {
        let node = LoneNode("PR")
        try await node.run {
            await node.hears(.inquire, from: .holder, as: .source)
            #expect(await node.says() == .refused(.unknownMove))
            #expect(await !node.moves.approve(node.move.id, agrees: true, by: "bob"))
            #expect(await !node.moves.proceed(node.move.id))
        }
    }

    @Test(
        "a group that was let go on is no group any more after a restart: each part ends by itself",
        arguments: [false, true])
    func sealed(isSealed: Bool) async throws {
        let notes = Notebook()
        let (one, other) = (LoneNode("PR", notes: notes), LoneNode("PR", notes: notes, id: MoveID(0x9999)))
        for (node, record) in [(one, isSealed ? MoveRecord.sealed : .switching), (other, .switching)] {
            try notes.keep(
                MoveNote(
                    key: MovePartyKey(id: node.move.id, role: .source), move: node.move, record: record,
                    identifiers: [], requestedBy: "alice", group: MoveID(7)))
        }
        try await one.run {
            _ = try await one.moves.restore(notes.notes, stackSurvived: false)
            // The other part is lost: only where the group was not through is this one called back.
            await one.hears(.settled(.lost), from: .target, as: .source, of: other.move)
            await one.hears(.closed(.ended), from: .holder, as: .source, of: other.move)
            await one.hears(.destroyed, from: .target, as: .source, of: other.move)
            await one.hears(.settled(.installed), from: .target, as: .source)
            while let message = await one.says() {
                if message == .abandon(.groupFailed) || message == .cancel(.groupFailed) {
                    #expect(!isSealed)
                    break
                }
                if message == .settled(.installed) { await one.hears(.redirected, from: .target, as: .source) }
                if message == .release {
                    #expect(isSealed)
                    break
                }
            }
        }
    }

    @Test(
        "it hands the mobile node what the new router cannot, and its answer back; a move that it does not lead, nobody"
    )
    func detour() async throws {
        let route = MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2", mobile: "MN")
        let update = MoveMessage.update([])
        let node = LoneNode("PR", route: route)
        try node.notes.keep(node.note(.switching, .source))
        try await node.run {
            _ = try await node.moves.restore(node.notes.notes, stackSurvived: false)
            #expect(await node.says() == .inquire)
            await node.hears(update, from: .target, as: .source)
            #expect(await node.says() == update)
            await node.hears(.updated(nil), from: .mobile, as: .source)
            #expect(await node.says() == .updated(nil))
        }
        let mobile = LoneNode("MN", route: route)
        try await mobile.run {
            for sender in [MoveRole.source, .target] {
                await mobile.hears(update, from: sender, as: .mobile)
                let answer = try #require(await mobile.saysInFull())
                #expect(answer.receiver == sender && answer.sender == .mobile)
                while await mobile.moves.partyCount > 0 { await Task.yield() }
            }
        }
        let stranger = LoneNode("PR", route: route)
        try await stranger.run {
            await stranger.hears(update, from: .target, as: .source)
            await stranger.hears(.inquire, from: .holder, as: .source)
            #expect(await stranger.says() == .refused(.unknownMove))
        }
    }

    @Test(
        "a note says how a restarted leader goes on",
        arguments: [
            (.started, .cancel(.restarted(.source))), (.switching, .inquire),
        ] as [(MoveRecord, MoveMessage)])
    func restarted(record: MoveRecord, message: MoveMessage) async throws {
        let node = LoneNode("PR")
        try node.notes.keep(node.note(record, .source))
        try await node.run {
            _ = try await node.moves.restore(node.notes.notes, stackSurvived: false)
            #expect(await node.says() == message)
        }
    }
}

extension LoneNode {
    /// What a party of its move wrote down.
    func note(_ record: MoveRecord, _ role: MoveRole) -> MoveNote {
        MoveNote(
            key: MovePartyKey(id: move.id, role: role), move: move, record: record, identifiers: Pair.identifiers,
            requestedBy: "alice")
    }
}
