import ForwardingPath
import Testing

@Suite("Paths that a new router could set up")
struct PathSearchTests {
    private static func node(_ name: NodeName, _ role: NodeRole = .router) -> Node { Node(name: name, role: role) }

    /// MN - PR - SG1 - G - RN, and from NR: through SG2 to G, through R and SG3 to G, to PR, and to another mobile node.
    private static let network = Network(
        nodes: [
            node("MN", .mobileNode), node("MN2", .mobileNode), node("PR", .accessRouter),
            node("SG1", .securityGateway), node("G"), node("RN", .remoteNode), node("NR", .accessRouter),
            node("SG2", .securityGateway), node("R"), node("SG3", .securityGateway), node("lone", .accessRouter),
        ],
        links: [
            Link("MN", "PR"), Link("PR", "SG1"), Link("SG1", "G"), Link("G", "RN"), Link("MN", "NR"),
            Link("NR", "SG2"), Link("SG2", "G"), Link("NR", "R"), Link("R", "SG3"), Link("SG3", "G"),
            Link("NR", "MN2"), Link("MN2", "G"), Link("NR", "PR"),
        ])
    private static let previous: [NodeName] = ["MN", "PR", "SG1", "G", "RN"]

    private static func paths(through router: NodeName, _ network: Network = network) -> [[NodeName]] {
        PathSearch(network, previous: previous, router: router).paths
    }

    @Test("they lead along links to the previous path and stay on it, the shortest first, never through a mobile node")
    func found() {
        #expect(
            Self.paths(through: "NR") == [
                ["MN", "NR", "SG2", "G", "RN"], ["MN", "NR", "PR", "SG1", "G", "RN"],
                ["MN", "NR", "R", "SG3", "G", "RN"],
            ])
    }

    @Test("a router on the previous path needs no link")
    func onPath() {
        #expect(Self.paths(through: "SG1") == [["MN", "SG1", "G", "RN"]])
    }

    @Test("without links there is none, and none is made through MN")
    func none() {
        #expect(Self.paths(through: "lone").isEmpty && Self.paths(through: "MN").isEmpty)
    }

    @Test("in a network of many links the search ends, with short paths")
    func dense() {
        let names = (0..<40).compactMap { NodeName("R\($0)") }
        var links = [Link("NR", names[0]), Link(names[39], "G")]
        for (index, name) in names.enumerated() { for other in names[..<index] { links.append(Link(name, other)) } }
        let network = Network(
            nodes: Self.network.nodes + names.map { Self.node($0) }, links: Self.network.links + links)
        let paths = Self.paths(through: "NR", network)
        #expect(paths.first == ["MN", "NR", "SG2", "G", "RN"] && paths.count <= 200)
        #expect(paths.contains(["MN", "NR", "R0", "R39", "G", "RN"]))
    }

    @Test("each is a path with a G, whatever the network", arguments: 0..<50 as Range<UInt64>)
    func always(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let names = (0..<8).compactMap { NodeName("R\($0)") }
        var links = Self.network.links
        for _ in 0..<12 {
            let (one, other) = (names.randomElement(using: &random), names.randomElement(using: &random))
            guard let one, let other, one != other else { continue }
            links.append(Link(one, other))
            if Bool.random(using: &random) { links.append(Link("NR", one)) }
            if Bool.random(using: &random) { links.append(Link(other, Bool.random(using: &random) ? "SG1" : "RN")) }
        }
        let network = Network(nodes: Self.network.nodes + names.map { Self.node($0) }, links: links)
        for path in Self.paths(through: "NR", network) {
            guard
                case .known(let divergence) = GatewayLocation(
                    of: PathPair(plane: .data, previous: Self.previous, next: path))
            else {
                Issue.record("\(path)")
                continue
            }
            #expect(path[1] == "NR" && divergence.common.last == "RN")
        }
    }
}
