import ContextTransfer
import ForwardingPath
import Gateway
import Testing

@Suite("An operator's answer to a drain", .timeLimit(.minutes(1)))
struct DrainApprovalTests {
    private static let drain = MoveID(0xd7a1)

    private static func offer(needsApproval: Bool = false) -> MoveOffer {
        var offer = Pair.offer
        (offer.drain, offer.needsApproval) = (drain, needsApproval)
        return offer
    }

    private static func other(_ route: MoveRoute = LoneNode.route) -> MoveDescription {
        MoveDescription(id: MoveID(0x9999), subject: LoneNode.subject, route: route)
    }

    @Test(
        "it holds for later moves, until none has come for some minutes",
        arguments: [(299, false), (301, true)])
    func life(seconds: Int, asksAgain: Bool) async throws {
        let node = LoneNode("PR", approval: .source)
        let request = MoveMessage.request(MoveRequest(offer: Self.offer()))
        try await node.run {
            await node.hears(request, from: .holder, as: .source)
            await node.hears(.answer(Pair.accepted), from: .target, as: .source)
            await node.stands(.awaitingApproval([.source]), as: .source)
            #expect(await node.moves.approve(node.move.id, agrees: true, by: "bob"))
            await node.says(until: .collect(Pair.identifiers))
            await node.hears(.closed(.kept), from: .holder, as: .source)
            await node.hears(.settled(.cancelled(.associationChanged)), from: .target, as: .source)
            await node.stands(.over(.stayed(.associationChanged)), as: .source)
            while await node.moves.partyCount > 0 { await Task.yield() }
            node.clock.advance(by: .seconds(seconds))
            await node.hears(request, from: .holder, as: .source, of: Self.other())
            await node.hears(.answer(Pair.accepted), from: .target, as: .source, of: Self.other())
            if asksAgain {
                await node.stands(.awaitingApproval([.source]), as: .source)
            } else {
                await node.says(until: .collect(Pair.identifiers))
            }
        }
    }

    @Test(
        "of another gateway's moves, or those that another previous router leads, it holds nothing",
        arguments: [
            (MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG3"), false),
            (MoveRoute(holder: "SG1", source: "PR2", target: "NR", taker: "SG2"), true),
            (MoveRoute(holder: "SG9", source: "PR", target: "NR", taker: "SG2"), true),
        ])
    func speaker(route: MoveRoute, asksAgain: Bool) async throws {
        let node = LoneNode("NR")
        let query = MoveMessage.query(Self.offer(needsApproval: true))
        try await node.run {
            await node.hears(query, from: .source, as: .target)
            await node.stands(.awaitingApproval([.target]), as: .target)
            #expect(await node.moves.approve(node.move.id, agrees: true, by: "bob"))
            await node.says(until: .approved(by: "bob"))
            await node.hears(query, from: .source, as: .target, of: Self.other(route))
            if asksAgain {
                await node.stands(.awaitingApproval([.target]), as: .target)
            } else {
                await node.says(until: .approved(by: "bob"))
            }
        }
    }
}
