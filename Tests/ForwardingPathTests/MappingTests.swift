import ForwardingPath
import IPsec
import Testing

@Suite("Mapping to the new path")
struct MappingTests {
    @Test(
        "gateways map in path order, NR last",
        arguments: [
            // As many on one side as on the other.
            ("MN PR A B RN", "MN NR C D RN", "MN B", "B>D"),
            ("MN PR A B RN", "MN NR C D RN", "MN A", "A>C"),
            // Fewer on the new path: they share one.
            ("MN PR A B RN", "MN NR C RN", "MN B", "B>C"),
            ("MN PR A B RN", "MN NR C RN", "MN A", "A>C"),
            // More on the new path: the nearest.
            ("MN PR A RN", "MN NR C D RN", "MN A", "A>C"),
            // A plain router takes nothing.
            ("MN PR A RN", "MN NR R1 C RN", "MN A", "A>C"),
            // Only NR is there.
            ("MN PR A RN", "MN NR R1 RN", "MN A", "A>NR"),
            // Two ends that would meet at C: the first one goes to NR, and the order is kept.
            ("MN PR A B RN", "MN NR C RN", "A B", "A>NR B>C"),
            // A plain router that is the end of an SA after all.
            ("MN PR R1 RN", "MN NR C RN", "MN R1", "R1>C"),
        ])
    func order(previous: String, next: String, ends: String, moves: String) {
        #expect(Topology(previous, next).with(ends).first.moves == moves)
    }

    @Test("a gateway that cannot use the suite is passed over")
    func bySuite() {
        let topology = Topology("MN PR A RN", "MN NR C D RN").with("MN A").limiting("C", suites: [.chacha])
        #expect(topology.first.moves == "A>D")
    }

    @Test("only when no other gateway can use the suite is it NR's")
    func nextRouterLast() {
        let topology = Topology("MN PR A RN", "MN NR C RN").with("MN A").limiting("C", suites: [.chacha])
        #expect(topology.first.moves == "A>NR")
    }

    @Test("SAs of one gateway go to different ones where none can take them all")
    func split() {
        let topology = Topology("MN PR A RN", "MN NR C D RN")
            .with("MN A", named: "gcm").with("MN A", named: "chacha", suite: .chacha)
            .limiting("C", suites: [.gcm]).limiting("D", suites: [.chacha]).limiting("NR", suites: [])
        #expect(topology.plan["gcm"]?.moves == "A>C")
        #expect(topology.plan["chacha"]?.moves == "A>D")
    }

    @Test("a gateway takes as many SAs as it has room for")
    func byCapacity() {
        let topology = Topology("MN PR A RN", "MN NR C D RN")
            .with("MN A", named: "1").with("MN A", named: "2").with("MN C", named: "there")
            .limiting("C", capacity: 2).limiting("NR", capacity: 0)
        #expect(topology.plan.associations.map(\.moves).sorted() == ["", "A>D", "A>D"])
        let full = topology.limiting("D", capacity: 1)
        #expect(full.plan.associations.map(\.moves).sorted() == ["", "A>C", "A>D"])
    }

    @Test("the SAs of one gateway stay together where they can")
    func together() {
        let topology = Topology("MN PR A B RN", "MN NR C RN").with("A B").with("MN A", named: "other")
        #expect(topology.first.moves == "A>NR B>C")
        #expect(topology.plan["other"]?.moves == "A>NR")
    }

    @Test("what the network file says wins, also against the order")
    func explicit() {
        let topology = Topology("MN PR A B RN", "MN NR C D RN").with("A B").with("MN PR", named: "pr")
        #expect(topology.mapping(["A": "D", "B": "C"]).first.moves == "A>D B>C")
        #expect(topology.mapping(["A": "D"]).first.moves == "A>D B>C")
        #expect(topology.mapping(["PR": "C"]).plan["pr"]?.moves == "PR>C")
        #expect(topology.mapping(["X9": "C"]).plan == topology.plan)
    }

    @Test("a gateway that is before G on both paths keeps its SAs")
    func onBothPaths() {
        let topology = Topology("MN PR X A RN", "MN NR X B RN").with("MN X").with("X A", named: "half")
        #expect(topology.first.type == .five)
        #expect(topology.first.action == .none)
        #expect(topology.first.reason?.description == "X is before G on both data paths, so nothing has to move")
        #expect(topology.plan["half"]?.moves == "A>B")
    }

    @Test("behind one access router only the gateway changes")
    func drain() {
        let topology = Topology("MN AR SG1 G RN", "MN AR SG2 G RN").role(.accessRouter, of: "AR")
            .with("MN SG1").with("MN AR", named: "ar")
        #expect(topology.first.moves == "SG1>SG2")
        #expect(topology.plan["ar"]?.action == PlannedAction.none)
        #expect(topology.role(.router, of: "AR").plan["ar"]?.action == PlannedAction.none)
    }

    @Test(
        "what cannot move is a conflict that says why (draft 6.4)",
        arguments: [
            (
                Topology("MN PR SG1 G RN", "MN NR SG2 G RN").with("MN SG1").mapping(["SG1": "G"]),
                "SG1 maps to G, but SAs can move only to gateways before G, the G of the paths"
            ),
            (
                Topology("MN PR SG1 G RN", "MN NR SG2 G RN").with("MN SG1").mapping(["SG1": "SG9"]),
                "SG1 maps to SG9, which is not on the new data path"
            ),
            (
                Topology("MN PR SG1 G RN", "MN NR R1 G RN").with("MN SG1").mapping(["SG1": "R1"]),
                "SG1 maps to R1, which takes no SAs because its role is router"
            ),
            (
                Topology("MN PR SG1 RN", "MN SG1 RN").with("MN PR"),
                "PR maps to SG1, but SAs can move only to gateways before SG1, the G of the paths"
            ),
            (
                Topology("MN PR SG1 RN", "MN RN").with("MN SG1"),
                "no gateway before G on the new data path can take the SAs of SG1"
            ),
            (
                Topology("MN PR A B RN", "MN NR C RN").with("A B").mapping(["A": "C", "B": "C"]),
                "both ends would be at C"
            ),
            (
                Topology("MN PR A RN", "MN NR RN").with("PR A"),
                "both ends would be at NR"
            ),
            (
                Topology("MN PR SG1 G RN", "MN NR SG2 G RN").with("MN SG1")
                    .limiting("SG2", suites: [.chacha]).limiting("NR", suites: [.chacha]),
                "no gateway on the new data path that can take the SAs of SG1 supports aes-gcm-16-256: renegotiate"
            ),
            (
                Topology("MN PR G RN", "MN NR G RN").with("MN PR").limiting("NR", suites: [.chacha]),
                "NR does not support aes-gcm-16-256: choose another gateway, or renegotiate"
            ),
            (
                Topology("MN PR SG1 G RN", "MN NR SG2 G RN").with("MN SG1")
                    .limiting("SG2", capacity: 0).limiting("NR", suites: [.chacha]),
                "SG2 has no room: its capacity is 0"
            ),
        ])
    func conflicts(topology: Topology, reason: String) {
        #expect(topology.first.action == .conflict)
        #expect(topology.first.type != nil)
        #expect(topology.first.moves == "")
        #expect(topology.first.reason?.description == reason)
    }

    @Test("what cannot leave its stack stays with the reason, and so does what moves with it")
    func obstructed() throws {
        var topology = Topology("MN PR SG1 G RN", "MN NR SG2 G RN").with("MN SG1", named: "up")
            .with("SG1 MN", named: "down").with("RN SG1", named: "other").with("G RN", named: "far")
        let obstacle = MoveObstacle("it has a mark")
        for index in [1, 3] { topology.associations[index].obstacle = obstacle }
        let plan = topology.plan
        #expect(plan.associations.map(\.action) == [.conflict, .conflict, .move, .none])
        #expect(plan.associations[0].reason == .goesWithObstructed("down"))
        #expect(plan.associations[1].reason == .obstructed(obstacle))
        #expect(plan.associations[1].why == "it cannot move: it has a mark")
        #expect(plan.associations[0].relocations.isEmpty && plan.associations[1].relocations.isEmpty)
    }
}
