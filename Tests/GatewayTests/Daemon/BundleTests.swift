import ContextTransfer
import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

/// Iterated tunnels with ends at several gateways (draft section 5.3): MN's SAs to SG1 inside MN's SAs to PR.
@Suite("Bundles at several gateways")
struct BundleTests {
    private let planner = GatewayPlanner(node: "SG1", network: Figure.network, planes: [:])
    private let known: [KnownAssociation]

    init() {
        let pair = [Figure.status("up", 0x1001, .inbound), Figure.status("down", 0x2001, .outbound)]
        known = planner.known(pair.compactMap(\.self))
    }

    /// An SA between MN and PR as PR tells of it.
    private func outer(
        _ selectors: [TrafficSelector] = [], mode: ProtocolMode = .tunnel, user: String = "MN",
        peer: IPAddress = Figure.address(1)
    ) throws -> AssociationSummary {
        let status = try #require(Figure.status("outer", 0x1003, .inbound, peer: peer))
        var summary = AssociationSummary(status.association)
        summary.offer.identifier = SAIdentifier(
            spi: summary.offer.identifier.spi, destination: Figure.address(2), securityProtocol: .esp)
        (summary.offer.mode, summary.user, summary.selectors) = (mode, user, selectors)
        return summary
    }

    private func selector(_ destination: Int, _ nextProtocol: UInt8?) throws -> TrafficSelector {
        TrafficSelector(
            source: AddressRange(Figure.address(1)), destination: AddressRange(Figure.address(destination)),
            nextProtocol: nextProtocol, dscp: 46)
    }

    private func plan(_ elsewhere: [(NodeName, [AssociationSummary]?)]) -> [PlannedAssociation] {
        var planned = planner.plan(known)
        #expect(planned.map(\.action) == [.move, .move])
        planner.keepBundlesWhole(&planned, known, elsewhere: elsewhere)
        return planned
    }

    @Test("the other gateways that have to be asked are those that the path leaves")
    func gateways() {
        #expect(planner.gatewaysOfBundles(planner.plan(known)) == ["PR"])
        #expect(planner.gatewaysOfBundles([]).isEmpty)
    }

    @Test(
        "an SA that goes through one at another gateway stays, with what moves together with it",
        arguments: [(nil, nil), (3, nil), (3, 50), (3, 17)] as [(Int?, UInt8?)])
    func parted(destination: Int?, nextProtocol: UInt8?) throws {
        let selectors = try destination.map { [try selector($0, nextProtocol)] } ?? []
        let planned = plan([("PR", [try outer(selectors)])])
        #expect(planned.map(\.action) == [.conflict, .conflict])
        #expect(planned.flatMap(\.relocations).isEmpty)
        #expect(planned.map(\.reason) == Array(repeating: .partsBundle(with: "outer", at: "PR", ask: "PR"), count: 2))
    }

    @Test("SAs whose packets do not go through each other move by themselves")
    func apart() throws {
        let others = [
            try outer([try selector(7, nil)]), try outer([try selector(3, 51)]), try outer(mode: .transport),
            try outer(user: "another"), try outer(user: ""),
        ]
        for other in others {
            let planned = plan([("PR", [other])])
            #expect(planned.map(\.action) == [.move, .move], "\(other)")
        }
    }

    @Test("the tunnel that others go through leaves none of them behind")
    func outside() throws {
        let outside = GatewayPlanner(node: "PR", network: Figure.network, planes: [:])
        let own = [KnownAssociation(try outer([try selector(3, nil)]), at: "PR")]
        var planned = outside.plan(own)
        #expect(planned.map(\.action) == [.move])
        outside.keepBundlesWhole(&planned, own, elsewhere: [("SG1", known.map(\.summary))])
        #expect(planned.map(\.reason) == [.partsBundle(with: "up", at: "SG1", ask: "PR")])
    }

    @Test("what is told of both ends of one SA is no bundle")
    func same() {
        let planned = plan([("PR", known.map(\.summary))])
        #expect(planned.map(\.action) == [.move, .move])
    }

    @Test("where a gateway does not say what it has SAs move: of that the plan warns")
    func silent() {
        #expect(plan([("PR", nil)]).map(\.action) == [.move, .move])
    }

    @Test("all that moves of a user on a path is one group, by the user's name where a plan names several")
    func oneGroup() {
        let pair = planner.plan(known).map { ReportedPlanEntry($0, suite: known[0].summary.offer.suite) }
        let other = pair.map { entry in
            var other = entry
            (other.name, other.group) = ("\(entry.name)-2", "another")
            return other
        }
        func groups(_ entries: [ReportedPlanEntry], _ users: [String]) -> [String?] {
            RouterDaemon.grouped(entries, users).map(\.group)
        }
        #expect(pair.allSatisfy { $0.action == .move && $0.group != nil })
        #expect(groups(pair, ["MN", "MN"]) == pair.map(\.group))
        #expect(groups(pair + other, ["MN", "MN", "MN", "MN"]) == ["MN", "MN", "MN", "MN"])
        #expect(groups(pair + other, ["MN", "MN", "MN1", "MN1"]) == (pair + other).map(\.group))
    }

    @Test("an order for the whole path that names one SA of a bundle is for all of it", arguments: ["up", "outer"])
    func named(name: String) throws {
        let router = GatewayPlanner(node: "PR", network: Figure.network, planes: [:])
        let alone = try #require(Figure.status("alone", 0x4001, .inbound, user: "another"))
        let all =
            [
                KnownAssociation(try outer([try selector(3, nil)]), at: "PR"),
                KnownAssociation(AssociationSummary(alone.association), at: "SG1"),
            ] + known
        let wanted = router.units(named: [name], in: all)
        #expect(Set(router.bundles(of: wanted, in: all).map(\.name)) == ["outer", "up", "down"])
        #expect(router.bundles(of: [all[1]], in: all).map(\.name) == ["alone"])
    }

    @Test("a bundle that would have to be negotiated anew is sent to nobody who sends it back")
    func circle() throws {
        let router = GatewayPlanner(node: "PR", network: Figure.network, planes: [:])
        let all = [KnownAssociation(try outer(), at: "PR")] + known
        var planned = router.plan(all)
        for index in [1, 2] {
            planned[index].action = .conflict
            planned[index].reason = .spiNotNegotiated(at: "SG2", because: .atAnotherGateway("SG1"))
        }
        var alone = Array(planned[1...])
        router.explainBundles(&planned, all)
        #expect(planned[1].reason == .spiNotNegotiated(at: "SG2", because: .partOfBundle))
        router.explainBundles(&alone, known)
        #expect(alone[0].reason == .spiNotNegotiated(at: "SG2", because: .atAnotherGateway("SG1")))
    }

    @Test("an SA without selectors carries what the policies have it carry")
    func policies() throws {
        let association = try #require(Figure.status("a", 0x1001, .inbound)).association
        let policies = [Direction.inbound, .outbound].map { direction in
            Policy(
                name: "p", direction: direction,
                selectors: [
                    TrafficSelector(
                        source: AddressRange(Figure.address(direction == .inbound ? 1 : 7)), destination: .all(.v4))
                ], action: .protect, origin: .user("MN"), association: association.identifier)
        }
        let summary = AssociationSummary(association, policies: policies)
        #expect(summary.selectors == policies[0].selectors)
        #expect(AssociationSummary(association).selectors.isEmpty)
    }
}
