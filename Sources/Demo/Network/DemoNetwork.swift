package import ConfigurationFiles
import ContextTransfer
package import Credentials
package import ForwardingPath
package import Gateway
import IPsec
package import Logging
import Synchronization
import UserspaceIPsec

/// The network of a scenario, on loopback: a stack for each node, and a router daemon, the same that a real gateway runs,
/// for each node that is one.
///
/// The gateways have an address of their own beside those of the scenario (198.18.0.0/15, RFC 2544), for the tunnels
/// between them: the others may become another gateway's.
package final class DemoNetwork: Sendable {
    package let scenario: ScenarioFile
    package let pki: Pki
    /// By node; every router has one.
    package let daemons: [NodeName: RouterDaemon]
    let stacks: [NodeName: UserspaceStack]
    let routes: DemoRoutes
    let recorder: MoveRecorder
    let account: TrafficAccount
    let capture: DemoCapture
    private let directory: TemporaryDirectory
    private let network: Mutex<Network>
    private let ports: DemoPorts

    /// The network of a scenario, not running yet.
    package init(_ scenario: ScenarioFile, options: DemoOptions, logger: Logger) throws {
        self.scenario = scenario
        let network = scenario.network.network
        let pki = try Pki(for: network, named: scenario.name)
        let directory = try TemporaryDirectory()
        let routes = DemoRoutes()
        let mobileNodes = network.nodes.filter { $0.role == .mobileNode }.map(\.name)
        let recorder = MoveRecorder(mobileNodes: Set(mobileNodes))
        let account = TrafficAccount(flows: scenario.traffic.count)
        let capture = try DemoCapture(options)
        var stacks: [NodeName: UserspaceStack] = [:]
        for node in network.nodes {
            let stack = try DemoNode(node, in: network, routes: routes).makeStack(account: account, capture: capture)
            routes.place(node.name, at: stack.endpoint)
            for address in node.addresses { routes.set(ScopedAddress(address, realm: node.realm), to: node.name) }
            routes.set(ScopedAddress(DemoNode.ownAddress(node.name, in: network)), to: node.name)
            stacks[node.name] = stack
        }
        let ports = DemoPorts()
        var daemons: [NodeName: RouterDaemon] = [:]
        for node in network.nodes where node.role.isRouter {
            guard let stack = stacks[node.name], let credential = pki.router(node.name) else { continue }
            let planes = Dictionary(scenario.network.associations.map { ($0.name, $0.plane) }) { first, _ in first }
            let settings = DaemonSettings(
                node: node.name, network: network, planes: planes,
                approval: options.approval ?? scenario.approval ?? .source, stepping: options.stepping,
                credential: credential, authority: pki.authority.certificatePEM,
                cxtp: Endpoint(host: "127.0.0.1", port: 0), api: Endpoint(host: "127.0.0.1", port: 0),
                journal: directory.path + "/\(node.name).sqlite")
            let surroundings = Surroundings(
                endpoints: { ports[$0] },
                redirect: { identifiers in
                    try await DemoRedirect(node: node.name, stack: stack, routes: routes)(identifiers)
                },
                forwardingTarget: { other in
                    network.node(other).map { _ in ForwardingTarget(address: DemoNode.ownAddress(other, in: network)) }
                },
                observe: { recorder.take($0, at: node.name) }, trace: { recorder.take($0) })
            daemons[node.name] = try RouterDaemon(
                settings, stack: stack, surroundings: surroundings, logger: logger)
        }
        (self.stacks, self.daemons, self.routes, self.recorder) = (stacks, daemons, routes, recorder)
        (self.account, self.capture, self.directory, self.pki) = (account, capture, directory, pki)
        self.ports = ports
        self.network = Mutex(network)
    }

    /// Runs all stacks and daemons for as long as `body` does, with the scenario's SAs in force.
    package func run<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for stack in stacks.values { group.addTask { try await stack.run() } }
            try await DemoAssociations(scenario, stacks: stacks, routes: routes, capture: capture).install()
            for (name, daemon) in daemons {
                group.addTask { try await daemon.run() }
                ports[name] = Endpoint(host: "127.0.0.1", port: try await daemon.cxtpPort)
            }
            group.addTask { await self.follow() }
            let result = Task { try await body() }
            group.addTask { _ = try await result.value }
            // The body ends it, or the first part that fails.
            do {
                try await group.next()
            } catch {
                result.cancel()
                group.cancelAll()
                throw error
            }
            group.cancelAll()
            return try await result.value
        }
    }

    /// Sends the scenario's traffic until cancelled.
    package func sendTraffic() async {
        await withDiscardingTaskGroup { group in
            for (index, flow) in scenario.traffic.enumerated() {
                guard let stack = stacks[flow.from] else { continue }
                let generator = TrafficGenerator(
                    index: index, flow: flow, network: scenario.network.network, stack: stack, account: account)
                group.addTask { await generator.run() }
            }
        }
    }

    /// Where the daemons serve consoles, in the order of the network; they must run.
    package func consoleEndpoints() async throws -> [Endpoint] {
        var endpoints: [Endpoint] = []
        for node in scenario.network.network.nodes {
            guard let port = try await daemons[node.name]?.apiPort else { continue }
            endpoints.append(Endpoint(host: "127.0.0.1", port: port))
        }
        return endpoints
    }

    /// After a move that completed MN is on its new path: what was new is now previous, and back is the way to go next.
    private func follow() async {
        for await route in recorder.completed {
            let changed = network.withLock { network -> Network? in
                for path in network.paths
                where path.previousRouter == route.source && path.nextRouter == route.target {
                    guard let back = path.reversed else { continue }
                    network = network.replacing(back)
                    return network
                }
                return nil
            }
            guard let changed else { continue }
            for daemon in daemons.values { await daemon.replace(network: changed) }
            recorder.followed(route)
        }
    }
}
