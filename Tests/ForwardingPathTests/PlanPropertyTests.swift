import ForwardingPath
import IPsec
import Testing

/// What holds for every network, tried on many that a seed makes.
@Suite("Properties of every plan")
struct PlanPropertyTests {
    static let seeds: [UInt64] = Array(0..<4)
    static let networksPerSeed = 1_000

    @Test("types, actions and moves do not depend on which end sends", arguments: seeds)
    func direction(seed: UInt64) {
        for topology in Self.topologies(seed) {
            var turned = topology
            for index in turned.associations.indices {
                let association = topology.associations[index]
                (turned.associations[index].from, turned.associations[index].to) = (association.to, association.from)
            }
            let (plan, other) = (topology.plan, turned.plan)
            #expect(plan.associations.map(\.type) == other.associations.map(\.type))
            #expect(plan.associations.map(\.relocations) == other.associations.map(\.relocations))
            #expect(plan.associations.map(\.action) == other.associations.map(\.action))
        }
    }

    @Test(
        "relocations belong to moves of types 3 to 5, and every other outcome without a type has a reason",
        arguments: seeds)
    func relocations(seed: UInt64) {
        for topology in Self.topologies(seed) {
            for planned in topology.plan.associations {
                #expect((planned.action == .move) == !planned.relocations.isEmpty)
                if planned.type == .one || planned.type == .two || planned.type == nil {
                    #expect(planned.relocations.isEmpty)
                }
                if planned.type == nil || planned.action == .conflict { #expect(planned.reason != nil) }
            }
        }
    }

    @Test("every relocation goes from [PR, G) to a gateway in [NR, G), and no two ends meet", arguments: seeds)
    func places(seed: UInt64) throws {
        for topology in Self.topologies(seed) {
            guard case .known(let divergence) = topology.plan.paths[0].location else { continue }
            for (spec, planned) in zip(topology.associations, topology.plan.associations) {
                for relocation in planned.relocations {
                    #expect(divergence.leaving.contains(relocation.from))
                    #expect(divergence.joining.contains(relocation.to))
                    let taker = try #require(topology.network.node(relocation.to))
                    #expect(taker.role.takesAssociations)
                    #expect(taker.capabilities.allows(spec.suite))
                }
                let moved = Dictionary(uniqueKeysWithValues: planned.relocations.map { ($0.from, $0.to) })
                if planned.action == .move {
                    #expect(moved[spec.from, default: spec.from] != moved[spec.to, default: spec.to])
                }
            }
        }
    }

    @Test("without an operator's mapping the ends of an SA keep their order, and PR goes to NR", arguments: seeds)
    func order(seed: UInt64) throws {
        for topology in Self.topologies(seed) {
            guard case .known(let divergence) = topology.plan.paths[0].location else { continue }
            guard Set(divergence.leaving).isDisjoint(with: divergence.joining), topology.mappings.isEmpty else {
                continue
            }
            for planned in topology.plan.associations where !planned.relocations.isEmpty {
                let from = try planned.relocations.map { try #require(divergence.leaving.firstIndex(of: $0.from)) }
                let to = try planned.relocations.map { try #require(divergence.joining.firstIndex(of: $0.to)) }
                #expect(from == from.sorted())
                #expect(to == to.sorted())
                if from[0] == 0 { #expect(to[0] == 0) }
            }
        }
    }

    @Test("no gateway takes more than it has room for", arguments: seeds)
    func capacity(seed: UInt64) {
        for topology in Self.topologies(seed) {
            var load: [NodeName: Int] = [:]
            for association in topology.associations {
                for end in Set([association.from, association.to]) { load[end, default: 0] += 1 }
            }
            var taken: [NodeName: Int] = [:]
            for relocation in topology.plan.associations.flatMap(\.relocations) {
                taken[relocation.to, default: 0] += 1
            }
            for (node, count) in taken {
                guard let capacity = topology.network.node(node)?.capabilities.capacity else { continue }
                #expect(count <= max(0, capacity - load[node, default: 0]))
            }
        }
    }

    private static func topologies(_ seed: UInt64) -> [Topology] {
        var random = SeededGenerator(seed: seed)
        var topologies: [Topology] = []
        for _ in 0..<networksPerSeed { topologies.append(Topology.random(&random)) }
        return topologies
    }
}
