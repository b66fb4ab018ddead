import ForwardingPath
import IPsec
import Testing

@Suite("Classification")
struct ClassificationTests {
    @Test(
        "an SA with an end on no place of the previous path has no type, and the reason names node and path",
        arguments: [
            ("MN SG9", "SG9 is not on the previous data path (MN, PR, SG1, G, RN)"),
            ("SG2 RN", "SG2 is not on the previous data path (MN, PR, SG1, G, RN)"),
            ("NR MN", "NR is not on the previous data path (MN, PR, SG1, G, RN)"),
            ("MN MN", "both ends are at MN"),
            ("SG1 SG1", "both ends are at SG1"),
            ("RN RN", "both ends are at RN"),
        ])
    func unclassified(ends: String, reason: String) {
        let planned = Topology("MN PR SG1 G RN", "MN NR SG2 G RN").with(ends).first
        #expect(planned.type == nil)
        #expect(planned.action == .none)
        #expect(planned.moves == "")
        #expect(planned.reason?.description == reason)
    }

    @Test("an SA of a plane without paths has no type")
    func planeWithoutPath() {
        let planned = Topology("MN PR RN", "MN NR RN").with("MN PR", plane: .management).first
        #expect(planned.type == nil)
        #expect(planned.reason?.description == "the network has no management path")
    }

    @Test(
        "an SA that ends at a remote node of two physical nodes is flagged",
        arguments: [("MN RN1", SAType.two, ""), ("RN2 MN", .two, ""), ("SG1 RN1", .three, "SG1>SG2")])
    func remoteNodeChanges(ends: String, type: SAType, moves: String) {
        let planned = Topology("MN PR SG1 RN1", "MN NR SG2 RN2").with(ends).first
        #expect(planned.type == type)
        #expect(planned.moves == moves)
        #expect(planned.reason == .remoteNodeChanges(from: "RN1", to: "RN2"))
    }

    @Test("an SA between the two physical remote nodes has no type")
    func betweenRemoteNodes() {
        let planned = Topology("MN PR RN1", "MN NR RN2").with("RN1 RN2").first
        #expect(planned.type == nil)
        #expect(planned.reason?.description == "RN1 and RN2 are one logical remote node")
    }

    @Test("an SA that does not end at the two physical remote nodes is not flagged")
    func otherEnd() {
        #expect(Topology("MN PR SG1 RN1", "MN NR SG2 RN2").with("MN SG1").first.reason == nil)
    }

    @Test(
        "an SA of a static policy keeps its type and stays",
        arguments: [("SG1 SG3", SAType.four), ("SG1 RN", .three), ("MN SG1", .five)])
    func staticPolicy(ends: String, type: SAType) {
        let planned = Topology("MN PR SG1 SG3 G RN", "MN NR SG2 SG4 G RN").with(ends, origin: .static).first
        #expect(planned.type == type)
        #expect(planned.action == .none)
        #expect(planned.reason == .staticPolicy)
    }

    @Test("an SA of a static policy that would stay anyway needs no reason")
    func staticTypeOne() {
        #expect(Topology("MN PR G SG RN", "MN NR G SG RN").with("G SG", origin: .static).first.reason == nil)
    }

    @Test(
        "a type says why it is as it is, whichever end sends",
        arguments: [
            ("G RN", "both ends, G and RN, are at or beyond G: nothing changes for it"),
            ("RN MN", "MN keeps its end, and RN is at or beyond G: nothing changes for it"),
            ("G SG1", "SG1 is before G, G is not: SG1's end moves"),
            ("SG1 PR", "PR and SG1 are both before G: both ends move"),
            ("X PR", "PR and X are both before G: PR's end moves"),
            ("SG1 MN", "MN keeps its end, and SG1 is before G: SG1's end moves"),
        ])
    func typeReason(ends: String, sentence: String) {
        let topology = Topology("MN PR X SG1 G RN", "MN NR X SG2 G RN").mapping(["X": "X"]).with(ends)
        #expect(topology.first.reason == nil)
        #expect(topology.first.why == sentence)
        #expect(topology.with("MN SG9", named: "off").plan["off"]?.whyType == nil)
    }

    @Test("G is named, and told to be G where its name is another")
    func gatewayName() {
        let topology = Topology("MN PR SG1 SG RN", "MN NR SG2 SG RN").with("SG1 MN")
        #expect(topology.first.why == "MN keeps its end, and SG1 is before SG (G): SG1's end moves")
    }

    @Test("where G is PR nothing moves")
    func gatewayIsPreviousRouter() {
        let topology = Topology("MN PR SG1 RN", "MN NR PR SG1 RN").with("MN PR").with("PR SG1", named: "two")
        #expect(topology.plan.associations.map(\.type) == [.two, .one])
        #expect(topology.plan.moving.isEmpty)
    }

    @Test("each plane has its own G")
    func planes() {
        var topology = Topology("MN PR SG1 G RN", "MN NR SG2 G RN").with("MN SG1")
        topology.paths.append(Topology("MN PR AAA", nil, plane: .control).paths[0])
        topology = topology.with("MN PR", named: "control", plane: .control)
        #expect(topology.plan.paths.map(\.gateway) == ["G", nil])
        #expect(topology.plan["sa"]?.action == .move)
        #expect(topology.plan["control"]?.action == .pending)
    }
}
