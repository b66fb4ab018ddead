import ForwardingPath
import Testing

@Suite("G")
struct GatewayLocationTests {
    @Test(
        "G is the first node of the longest common suffix",
        arguments: [
            ("MN PR SG1 G RN", "MN NR SG2 G RN", "G", "PR SG1", "NR SG2"),
            // Figure 1's extremes: G collocated with PR, and with RN.
            ("MN PR SG1 RN", "MN NR PR SG1 RN", "PR", "", "NR"),
            ("MN PR SG1 RN", "MN NR SG2 RN", "RN", "PR SG1", "NR SG2"),
            // A gateway is drained behind one access router.
            ("MN AR SG1 G RN", "MN AR SG2 G RN", "G", "AR SG1", "AR SG2"),
            // Nothing changed.
            ("MN PR SG1 RN", "MN PR SG1 RN", "PR", "", ""),
            ("MN RN", "MN RN", "RN", "", ""),
            // NR is already part of the common rest.
            ("MN PR SG1 RN", "MN SG1 RN", "SG1", "PR", ""),
            ("MN PR RN", "MN RN", "RN", "PR", ""),
            // A node on both paths before G is not G.
            ("MN PR X A RN", "MN NR X B RN", "RN", "PR X A", "NR X B"),
        ])
    func gateway(previous: String, next: String, gateway: NodeName, leaving: String, joining: String) throws {
        let divergence = try PathDivergence(previous: Topology.names(previous), next: Topology.names(next))
        #expect(divergence.gateway == gateway)
        #expect(divergence.leaving == Topology.names(leaving))
        #expect(divergence.joining == Topology.names(joining))
        #expect(divergence.common.first == gateway)
        #expect(divergence.secondRemoteNode == nil)
    }

    @Test("a remote node of two physical nodes is one logical node, and G is it")
    func twoRemoteNodes() throws {
        let divergence = try PathDivergence(
            previous: Topology.names("MN PR X RN1"), next: Topology.names("MN NR X RN2"))
        #expect(divergence.gateway == "RN1")
        #expect(divergence.secondRemoteNode == "RN2")
        #expect(divergence.common == ["RN1"])
        #expect(divergence.leaving == ["PR", "X"])
        #expect(divergence.joining == ["NR", "X"])
        #expect(divergence.place(of: "RN2") == divergence.place(of: "RN1"))
    }

    @Test(
        "paths that make no sense have no G, and the reason is said",
        arguments: [
            ("", "MN NR RN", "the previous path has 0 nodes, and a path needs two ends"),
            ("MN", "MN", "the previous path has 1 nodes, and a path needs two ends"),
            ("MN PR RN", "MN", "the new path has 1 nodes, and a path needs two ends"),
            ("MN PR PR RN", "MN NR RN", "the previous path goes through PR twice"),
            ("MN PR RN", "MN NR MN RN", "the new path goes through MN twice"),
            (
                "MN PR RN", "M2 NR RN",
                "the previous path starts at MN and the new one at M2, and both must start at the same node"
            ),
        ])
    func undefined(previous: String, next: String, reason: String) {
        let topology = Topology(previous, next).with("MN PR")
        let full = "the data paths have no G: \(reason)"
        #expect(topology.plan.paths[0].gateway == nil)
        #expect(topology.plan.paths[0].reason?.description == full)
        #expect(topology.first.type == nil)
        #expect(topology.first.action == .none)
        #expect(topology.first.reason?.description == full)
    }

    @Test("after the change the new path is the previous one, and the way back is next")
    func reversal() {
        let pair = PathPair(plane: .data, previous: Topology.names("MN PR RN"), next: Topology.names("MN NR RN"))
        #expect(pair.reversed?.previousRouter == "NR")
        #expect(pair.reversed?.nextRouter == "PR")
        #expect(pair.reversed?.reversed == pair)
    }
}
