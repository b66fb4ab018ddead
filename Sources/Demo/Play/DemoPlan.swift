import ConfigurationFiles
import ForwardingPath
import Gateway
import GatewayAPI
import IPsec

/// What was planned for each SA of a scenario before it moved.
struct DemoPlan {
    struct Entry: Hashable {
        /// The gateway that has the SA, and would give it away; `nil` where no gateway has an end of it.
        let gateway: NodeName?
        let type: SAType?
        var action: PlannedAction
        var relocations: [Relocation]
        let spi: SPI?
    }

    private var entries: [String: Entry] = [:]
    /// What was planned for SAs when all moved once more, the last time that something was.
    private var later: [String: Entry] = [:]

    /// What the gateways plan now.
    init(_ network: DemoNetwork) async throws { try await update(network) }

    subscript(association: String) -> Entry? { entries[association] }

    /// What was planned for an SA the last time.
    func last(_ association: String) -> Entry? { later[association] ?? entries[association] }

    /// Takes in what the gateways plan now that all is to move once more.
    mutating func addRound(_ network: DemoNetwork) async throws {
        let round = try await DemoPlan(network).entries.filter { $1.action == .move || $1.action == .renegotiate }
        later.merge(round) { $1 }
    }

    /// Takes in where a gateway's SAs go when it is drained.
    mutating func update(_ daemon: RouterDaemon, draining gateway: NodeName, to others: [NodeName]) async throws {
        for entry in try await daemon.plan(MoveSelection(draining: gateway, to: others)).associations {
            entries[entry.name] = Entry(
                gateway: gateway, type: entry.type, action: entry.action, relocations: entry.relocations, spi: entry.spi
            )
        }
    }

    /// Takes in what the gateways plan now for SAs whose type was not known.
    mutating func update(_ network: DemoNetwork) async throws {
        var now: [String: Entry] = [:]
        var leaders: [String: NodeName] = [:]
        for (gateway, daemon) in network.gateways.sorted(by: { $0.key < $1.key }) {
            for entry in try await daemon.plan(MoveSelection()).associations {
                let isLeaving = entry.relocations.contains { $0.from == gateway }
                guard isLeaving || now[entry.name] == nil else { continue }
                leaders[entry.name] = entry.leader
                now[entry.name] = Entry(
                    gateway: gateway, type: entry.type, action: entry.action, relocations: entry.relocations,
                    spi: entry.spi)
            }
        }
        // What is of a bundle at several gateways is the previous router's to move.
        for leader in Set(leaders.values) {
            guard let daemon = network.gateways[leader] else { continue }
            for entry in try await daemon.plan(MoveSelection(wholePath: true)).associations
            where leaders[entry.name] == leader {
                now[entry.name]?.action = entry.action
                now[entry.name]?.relocations = entry.relocations
            }
        }
        // An SA between nodes without a daemon is nobody's to plan: the file tells what becomes of it.
        let associations = network.scenario.network.associations
        let plan = MovePlan.make(network: network.network, associations: associations.map(\.spec))
        for (entry, planned) in zip(associations, plan.associations) where now[entry.name] == nil {
            now[entry.name] = Entry(
                gateway: nil, type: planned.type, action: planned.action, relocations: planned.relocations,
                spi: entry.identifier.spi)
        }
        entries.merge(now) { old, new in old.type == nil ? new : old }
    }
}
