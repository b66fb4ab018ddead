/// What nodes' kernels count of packets that IPsec refused: where packets did not arrive, it says why.
struct Losses {
    private let nodes: [String]
    private let before: [String: [String: Int]]

    /// From now on.
    init(at nodes: [String]) {
        self.nodes = nodes
        before = Dictionary(uniqueKeysWithValues: nodes.map { ($0, Self.counters(at: $0)) })
    }

    /// What a node's kernel counts by name (`/proc/net/xfrm_stat`); nothing where it cannot be read.
    static func counters(at node: String) -> [String: Int] {
        let text = (try? Tool.run("ip", ["netns", "exec", node, "cat", "/proc/net/xfrm_stat"]))?.output ?? ""
        let lines = text.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
        return Dictionary(
            lines.compactMap { line in line.count == 2 ? Int(line[1]).map { (String(line[0]), $0) } : nil }
        ) { $1 }
    }

    /// Says which packets of flows did not arrive, the first from a mobile node and the second to it.
    func tell(_ flows: [Flow], in what: String) {
        for (way, flow) in zip(["from MN", "to MN"], flows) where !flow.missing.isEmpty {
            print("lab: \(what): missing \(way): \(flow.missing)")
        }
        guard flows.contains(where: { !$0.missing.isEmpty }) else { return }
        for node in nodes {
            let grown = Self.counters(at: node).filter { $0.value > before[node]?[$0.key] ?? 0 }
                .map { "\($0.key) \($0.value - (before[node]?[$0.key] ?? 0))" }
            print("lab: \(what): \(node) counts \(grown.sorted().joined(separator: ", "))")
        }
    }
}
