import ConfigurationFiles
import ForwardingPath
import IPsec
import UserspaceIPsec

/// Puts a scenario's SAs in force at both ends with fresh keys, and the policies that the nodes need.
///
/// The names of their policies have a space, and so are never those of policies in the file.
struct DemoAssociations {
    private let network: DemoNetwork
    private let scenario: ScenarioFile

    init(_ network: DemoNetwork) { (self.network, scenario) = (network, network.scenario) }

    func install() async throws {
        try checkRealms()
        let stacks = network.stacks
        for node in scenario.network.network.nodes where !node.role.runsDaemon {
            guard let stack = stacks[node.name] else { continue }
            try await Self.installStatic(scenario, at: node, stack)
        }
        for entry in scenario.network.associations {
            let keys = KeyedSuite(random: entry.suite)
            network.capture.note(entry, keys)
            try await install(entry, .outbound, keys, at: entry.from, stacks[entry.from])
            try await install(entry, .inbound, keys, at: entry.to, stacks[entry.to])
        }
        do {
            try network.capture.writeKeys()
        } catch let error as StackError {
            throw DemoFailure.keyTable(error)
        }
    }

    /// Nothing here translates addresses.
    private func checkRealms() throws(DemoFailure) {
        let network = scenario.network.network
        let ends =
            scenario.network.associations.map { ("the association \"\($0.name)\"", $0.from, $0.to) }
            + scenario.traffic.map { ("the traffic from \($0.from) to \($0.to)", $0.from, $0.to) }
        for (what, from, to) in ends where network.realm(of: from, to) == nil {
            throw .realms(of: what, from: from, to: to)
        }
    }

    private func install(
        _ entry: AssociationEntry, _ direction: Direction, _ keys: KeyedSuite, at node: NodeName,
        _ stack: UserspaceStack?
    ) async throws {
        let association = entry.association(direction, keys: keys)
        let policy = Policy(
            name: "\(entry.name) \(direction.name)", direction: direction, selectors: entry.selectors,
            action: .protect, origin: entry.origin, association: entry.identifier)
        do {
            try await stack?.install([association], policies: entry.selectors.isEmpty ? [] : [policy])
        } catch let error as StackError {
            throw DemoFailure.association(entry.name, at: node, error)
        }
        if scenario.isGateway(node) { network.routes.set(association, at: node) }
    }

    private static let rest = "all other "

    /// Whether a policy is one of those that let pass what no other is for.
    static func isRest(_ policy: Policy) -> Bool { policy.name.hasPrefix(rest) && policy.origin == .static }

    /// The operator's own policies; whatever none of them is for passes.
    static func installStatic(_ scenario: ScenarioFile, at node: Node, _ stack: UserspaceStack) async throws {
        let own = scenario.network.policies.filter { $0.association == nil && $0.applies(to: node) }.map {
            Policy(
                name: $0.name, direction: $0.direction, selectors: $0.selectors, action: $0.action, origin: .static)
        }
        let any = [AddressFamily.v4, .v6].map { TrafficSelector(source: .all($0), destination: .all($0)) }
        let others = [Direction.inbound, .outbound].map {
            Policy(name: rest + $0.name, direction: $0, selectors: any, action: .bypass, origin: .static)
        }
        do {
            try await stack.install([], policies: own + others)
        } catch let error as StackError {
            throw DemoFailure.policies(at: node.name, error)
        }
    }
}
