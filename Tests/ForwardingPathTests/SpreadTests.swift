import ForwardingPath
import IPsec
import Testing

@Suite("A gateway that is drained")
struct SpreadTests {
    private static let suite = AlgorithmSuite.allESP[0]

    /// SG1 on the previous path; NR and some gateways with these capacities on the new one.
    private static func network(_ capacities: [Int?], suites: [[AlgorithmSuite]?] = []) -> Network {
        let takers = capacities.indices.map { NodeName("T\($0)") ?? "T" }
        var nodes = [
            Node(name: "MN", role: .mobileNode), Node(name: "PR", role: .accessRouter),
            Node(name: "SG1", role: .securityGateway), Node(name: "NR", role: .accessRouter),
            Node(name: "G", role: .router), Node(name: "RN", role: .remoteNode),
        ]
        for (index, name) in takers.enumerated() {
            let capabilities = NodeCapabilities(
                suites: suites.indices.contains(index) ? suites[index] : nil, capacity: capacities[index])
            nodes.append(Node(name: name, role: .securityGateway, capabilities: capabilities))
        }
        let path = PathPair(
            plane: .data, previous: ["MN", "PR", "SG1", "G", "RN"], next: ["MN", "NR"] + takers + ["G", "RN"])
        return Network(nodes: nodes, paths: [path])
    }

    /// A pair of SAs of each user; every fifth user has one alone.
    private static func associations(_ users: Int) -> [AssociationSpec] {
        (0..<users).flatMap { user in
            [("in", "MN", "SG1"), ("out", "SG1", "MN")].prefix(user % 5 == 4 ? 1 : 2).map { name, from, to in
                AssociationSpec(
                    name: "\(name)-\(user)", plane: .data, from: NodeName(from) ?? "MN", to: NodeName(to) ?? "MN",
                    suite: suite, mode: .tunnel, origin: .user("\(user)"))
            }
        }
    }

    @Test(
        "no target takes more than it has room for, each unit goes whole, and all take the same share",
        arguments: 0..<300)
    func balance(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let count = Int.random(in: 1...4, using: &random)
        let capacities = (0..<count).map { _ in
            Bool.random(using: &random) ? Int.random(in: 0...60, using: &random) : nil
        }
        let specs = Self.associations(Int.random(in: 0...60, using: &random))
        let names = capacities.indices.compactMap { NodeName("T\($0)") }
        let plan = MovePlan.make(
            network: Self.network(capacities), associations: specs, spread: Spread(from: "SG1", to: names))
        var loads: [NodeName: Int] = [:]
        for entry in plan.associations {
            #expect(entry.action == .move || entry.action == .conflict)
            if let move = entry.relocations.first { loads[move.to, default: 0] += 1 }
            #expect(entry.relocations.count == (entry.action == .move ? 1 : 0))
        }
        for (name, capacity) in zip(names, capacities) { #expect(loads[name, default: 0] <= capacity ?? .max) }
        for group in Dictionary(grouping: plan.associations.filter { $0.group != nil }, by: \.group).values {
            #expect(Set(group.map(\.relocations)).count == 1)
        }
        // What stays found nobody with room: a unit has at most two SAs.
        if plan.associations.contains(where: { $0.action == .conflict }) {
            for (name, capacity) in zip(names, capacities) {
                #expect(capacity.map { $0 - loads[name, default: 0] < 2 } == true)
            }
        } else {
            // Nobody is ahead of another by more than one unit of its own share.
            let largest = max(1, capacities.compactMap(\.self).max() ?? 1)
            let rooms = capacities.map { max(1, $0 ?? largest) }
            for (first, name) in names.enumerated() {
                for (second, other) in names.enumerated() where loads[other, default: 0] + 2 <= rooms[second] {
                    let (ahead, behind) = (loads[name, default: 0] - 2, loads[other, default: 0] + 2)
                    #expect(ahead * rooms[second] <= behind * rooms[first])
                }
            }
        }
    }

    @Test("where nobody is named, NR takes what no other can")
    func nextRouterLast() {
        let plan = MovePlan.make(
            network: Self.network([4, 2]), associations: Self.associations(4), spread: Spread(from: "SG1"))
        let targets = plan.associations.flatMap(\.relocations).map(\.to)
        #expect(targets == ["T0", "T0", "T0", "T0", "T1", "T1", "NR", "NR"])
    }

    @Test("one that lacks an algorithm takes nothing that needs it")
    func unsupported() {
        let other = AlgorithmSuite.allESP[1]
        let plan = MovePlan.make(
            network: Self.network([nil, nil], suites: [[other], nil]), associations: Self.associations(3),
            spread: Spread(from: "SG1", to: ["T0", "T1"]))
        #expect(plan.associations.flatMap(\.relocations).map(\.to) == Array(repeating: "T1", count: 6))
        let none = MovePlan.make(
            network: Self.network([nil], suites: [[other]]), associations: Self.associations(1),
            spread: Spread(from: "SG1", to: ["T0"]))
        #expect(none.associations.map(\.action) == [.conflict, .conflict])
    }

    @Test("an SA of a static policy stays")
    func fixed() {
        var specs = Self.associations(1)
        for index in specs.indices { specs[index].origin = .static }
        let plan = MovePlan.make(network: Self.network([nil]), associations: specs, spread: Spread(from: "SG1"))
        #expect(plan.associations.map(\.action) == [.none, .none])
        #expect(plan.associations.map(\.reason) == [.staticPolicy, .staticPolicy])
    }
}
