import ForwardingPath
import IPsec

extension Topology {
    /// Two paths over a common rest, with gateways, routers, limits, mappings and SAs between any nodes.
    static func random(_ random: inout SeededGenerator) -> Topology {
        var old = ["PR"] + nodes("A", random.number(0...4), &random)
        var new = ["NR"] + nodes("B", random.number(0...4), &random)
        if random.oneIn(4) { old.insert("X", at: random.number(0...old.count)) }
        if random.oneIn(4) { new.insert("X", at: random.number(0...new.count)) }
        let rest = nodes("C", random.number(0...3), &random) + ["RN"]
        let next = (["MN"] + new + rest).joined(separator: " ")
        var topology = Topology((["MN"] + old + rest).joined(separator: " "), random.oneIn(8) ? nil : next)
        let all = ["MN", "Z"] + old + new + rest
        for index in 0..<random.number(0...8) {
            let ends = random.pick(all) + " " + random.pick(all)
            let origin: PolicyOrigin = random.oneIn(8) ? .static : .user("MN")
            let suite: AlgorithmSuite = random.oneIn(2) ? .gcm : .chacha
            topology = topology.with(ends, named: "sa\(index)", suite: suite, origin: origin)
        }
        for node in names(new.joined(separator: " ")) {
            let suites: [AlgorithmSuite]? = random.oneIn(4) ? [.gcm] : nil
            let capacity: Int? = random.oneIn(4) ? random.number(0...4) : nil
            topology = topology.limiting(node, suites: suites, capacity: capacity)
        }
        guard random.oneIn(4) else { return topology }
        let mapping = names(random.pick(old) + " " + random.pick(new + rest))
        return topology.mapping([mapping[0]: mapping[1]])
    }

    /// Gateways and, with an R before their name, routers.
    private static func nodes(_ prefix: String, _ count: Int, _ random: inout SeededGenerator) -> [String] {
        var names: [String] = []
        for index in 0..<count { names.append((random.oneIn(3) ? "R" : "") + prefix + "\(index)") }
        return names
    }
}

extension SeededGenerator {
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    mutating func oneIn(_ count: Int) -> Bool { number(1...count) == 1 }
    mutating func pick(_ texts: [String]) -> String { texts[number(0...texts.count - 1)] }
}
