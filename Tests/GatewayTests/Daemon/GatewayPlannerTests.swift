import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Testing

@Suite("What a gateway plans for its SAs")
struct GatewayPlannerTests {
    private let planner = GatewayPlanner(node: "SG1", network: Figure.network, planes: [:])
    private let pair = [Figure.status("up", 0x1001, .inbound), Figure.status("down", 0x2001, .outbound)]
        .compactMap(\.self)

    @Test(
        "an SA's type follows from where its other end is",
        arguments: [
            (1, 5, .move), (6, 3, .move), (7, 3, .move), (2, 4, .move), (9, nil, .none),
        ] as [(Int, Int?, PlannedAction)])
    func types(peer: Int, type: Int?, action: PlannedAction) throws {
        let status = try #require(Figure.status("a", 0x1001, .inbound, peer: Figure.address(peer)))
        let planned = try #require(planner.plan(planner.known([status])).first)
        #expect(planned.type?.rawValue == type)
        #expect(planned.action == action)
    }

    @Test("a peer that the network does not know is nobody")
    func unknownPeer() throws {
        let status = try #require(Figure.status("a", 0x1001, .inbound, peer: Figure.address(99)))
        #expect(planner.peer(of: planner.known([status])[0]) == nil)
        #expect(try planner.batches(planner.plan(planner.known([status])), planner.known([status])).isEmpty)
    }

    @Test("SAs of one user and one route are one move, and another user's another")
    func batches() throws {
        let other = try #require(Figure.status("other", 0x3001, .inbound, peer: Figure.address(7)))
        let statuses = planner.known(pair + [other])
        let batches = try planner.batches(planner.plan(statuses), statuses)
        let routes = ["MN", nil].map { (mobile: NodeName?) in
            MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2", mobile: mobile)
        }
        #expect(batches.map(\.route) == routes)
        #expect(batches.map(\.subject.address) == [Figure.address(1), Figure.address(7)])
        #expect(batches.map { $0.offers.map(\.name) } == [["up", "down"], ["other"]])
    }

    @Test("a name stands for its whole pair", arguments: [["up"], ["down"], ["up", "down"], []] as [Set<String>])
    func units(names: Set<String>) throws {
        let other = try #require(Figure.status("other", 0x3001, .inbound, peer: Figure.address(7)))
        let units = planner.units(named: names, in: planner.known(pair + [other])).map(\.name)
        #expect(units == (names.isEmpty ? ["up", "down", "other"] : ["up", "down"]))
    }

    @Test(
        "an operator says where they go",
        arguments: [("NR", .move), ("SG2", .move), ("G", .conflict)] as [(NodeName, PlannedAction)])
    func target(to: NodeName, action: PlannedAction) throws {
        let planned = planner.plan(planner.known(pair), to: to)
        #expect(planned.map(\.action) == [action, action])
        guard action == .move else { return }
        #expect(try planner.batches(planned, planner.known(pair)).map(\.route.taker) == [to])
    }

    @Test("an SA of a static policy stays")
    func fixed() throws {
        let status = try #require(Figure.status("a", 0x1001, .inbound, user: ""))
        #expect(planner.plan(planner.known([status])).map(\.action) == [PlannedAction.none])
    }
}
