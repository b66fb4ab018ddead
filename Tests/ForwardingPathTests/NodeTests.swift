import ForwardingPath
import Testing

@Suite("Nodes")
struct NodeTests {
    @Test("a name can stand in a DNS name and name a file", arguments: ["SG1", "a", "gw-1.example", "0_x"])
    func validNames(text: String) { #expect(NodeName(text[...])?.text == text) }

    @Test(
        "other text is no name",
        arguments: ["", "-a", ".", "../ca", "a b", "a/b", "é", "a\u{0}", String(repeating: "a", count: 64)])
    func invalidNames(text: String) { #expect(NodeName(text[...]) == nil) }

    @Test(
        "an endpoint is read as it is printed",
        arguments: ["127.0.0.1:5091", "[::1]:5092", "gw.example:0", "SG1:65535"])
    func endpoints(text: String) { #expect(Endpoint(text)?.description == text) }

    @Test(
        "other text is no endpoint",
        arguments: ["", ":", ":1", "a", "a:", "a:65536", "a:-1", "::1:5", "[]:5", "[a]:5", "a b:5", "a:5 "])
    func invalidEndpoints(text: String) { #expect(Endpoint(text) == nil) }

    @Test("a path of 255 hops with 1,000 SAs is planned at once", .timeLimit(.minutes(1)))
    func longPaths() {
        let hops = 126
        let old = "MN PR " + (0..<hops).map { "A\($0)" }.joined(separator: " ") + " RN"
        let new = "MN NR " + (0..<hops).map { "B\($0)" }.joined(separator: " ") + " RN"
        var topology = Topology(old, new)
        for index in 0..<1_000 {
            topology = topology.with("A\(index % hops) A\((index * 7 + 1) % hops)", named: "\(index)")
        }
        #expect(topology.plan.moving.allSatisfy { $0.type == .four })
    }

    @Test("only access routers and security gateways take SAs")
    func takers() {
        #expect(NodeRole.allCases.filter(\.takesAssociations) == [.accessRouter, .securityGateway])
    }
}
