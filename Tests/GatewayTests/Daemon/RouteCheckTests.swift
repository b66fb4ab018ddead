import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Testing

@Suite("Whose moves a daemon takes part in")
struct RouteCheckTests {
    private static let others: [Node] = [
        Node(name: "XR", role: .accessRouter, addresses: [Figure.address(20)]),
        Node(name: "XG", role: .securityGateway, addresses: [Figure.address(21)]),
    ]

    private static func network(_ path: PathPair?) -> Network {
        Network(nodes: Figure.network.nodes + others, paths: path.map { [$0] } ?? [])
    }

    private static let whole = PathPair(
        plane: .data, previous: ["MN", "PR", "SG1", "G", "RN"], next: ["MN", "NR", "SG2", "G", "RN"])
    private static let inUse = PathPair(plane: .data, previous: whole.previous)
    private static let there = MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2", mobile: "MN")
    private static let back = MoveRoute(holder: "SG2", source: "NR", target: "PR", taker: "SG1", mobile: "MN")

    private static func problem(_ message: MoveMessage, _ route: MoveRoute, _ path: PathPair?) -> String? {
        let envelope = MoveEnvelope(
            id: MoveID(1), subject: LoneNode.subject, route: route, sender: .source, receiver: .holder,
            message: message)
        return RouteCheck.problem(with: envelope, network: network(path))
    }

    private static let beginnings: [MoveMessage] = [
        .query(Pair.offer), .request(MoveRequest(offer: Pair.offer)), .collect([]), .prepare(Pair.contexts), .quiesce,
        .transfer([], elapsed: .zero), .update([]),
    ]

    @Test("the routers are neighbours of one change of a path, there or back, and the SAs go from one to the other")
    func routes() {
        for message in Self.beginnings {
            for route in [Self.there, Self.back] { #expect(Self.problem(message, route, Self.whole) == nil) }
            for wrong in [
                MoveRoute(holder: "SG1", source: "XR", target: "NR", taker: "SG2"),
                MoveRoute(holder: "SG1", source: "PR", target: "XR", taker: "SG2"),
                MoveRoute(holder: "SG1", source: "PR", target: "XR", taker: "XG", mobile: "MN"),
                MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "XG"),
                MoveRoute(holder: "XG", source: "PR", target: "NR", taker: "SG2"),
                MoveRoute(holder: "SG2", source: "PR", target: "NR", taker: "SG1"),
                MoveRoute(holder: "SG1", source: "SG1", target: "SG2", taker: "SG2"),
                MoveRoute(holder: "SG1", source: "PR", target: "PR", taker: "SG2"),
                MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2", mobile: "XG"),
            ] {
                #expect(Self.problem(message, wrong, Self.whole) != nil, "\(message.type) \(wrong)")
            }
        }
    }

    @Test("where only the path in use is known its router and its gateways are, and the mobile node follows nobody")
    func pathInUse() {
        for message in Self.beginnings {
            let isUpdate = message == .update([])
            #expect((Self.problem(message, Self.there, Self.inUse) == nil) == !isUpdate)
            let wrong = MoveRoute(holder: "SG1", source: "XR", target: "XR", taker: "XG", mobile: "MN")
            #expect(Self.problem(message, wrong, Self.inUse) != nil)
        }
    }

    @Test("a daemon without a path cannot know")
    func noPath() {
        let wrong = MoveRoute(holder: "SG1", source: "XR", target: "XR", taker: "XG", mobile: "MN")
        for message in Self.beginnings { #expect(Self.problem(message, wrong, nil) == nil) }
    }

    @Test("who asks what SAs there are is on a path", arguments: [("PR", true), ("SG2", true), ("XR", false)])
    func survey(name: String, isTaken: Bool) throws {
        let asker = try #require(NodeName(name))
        let route = MoveRoute(holder: "SG1", source: asker, target: asker, taker: asker)
        #expect((Self.problem(.survey, route, Self.whole) == nil) == isTaken)
    }

    @Test("how a move stands may be asked and told whatever the paths are now")
    func settling() {
        let old = MoveRoute(holder: "SG1", source: "XR", target: "NR", taker: "SG2")
        for message in [
            MoveMessage.inquire, .cancel(.busy), .settled(.installed), .closed(.kept), .destroy, .release, .released,
        ] { #expect(Self.problem(message, old, Self.whole) == nil) }
    }

    private static func transfer(_ move: MoveDescription) -> MoveEnvelope {
        MoveEnvelope(
            id: move.id, subject: move.subject, route: move.route, sender: .target, receiver: .taker,
            message: .transfer([], elapsed: .zero))
    }

    @Test("a move that is known keeps its route", arguments: [false, true])
    func known(restarts: Bool) async throws {
        let node = LoneNode("SG2", route: LoneNode.route)
        let other = MoveDescription(
            id: node.move.id, subject: node.move.subject,
            route: MoveRoute(holder: "SG1", source: "XR", target: "NR", taker: "SG2"))
        try await node.run {
            #expect(await !node.moves.knows(Self.transfer(node.move)))
            if restarts {
                try node.notes.keep(node.note(.installing, .taker))
            } else {
                await node.hears(.query(Pair.offer), from: .target, as: .taker)
            }
            #expect(await node.moves.knows(Self.transfer(node.move)))
            #expect(await !node.moves.knows(Self.transfer(other)))
        }
    }
}
