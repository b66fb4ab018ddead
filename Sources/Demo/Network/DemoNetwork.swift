package import ConfigurationFiles
import ContextTransfer
package import Credentials
package import ForwardingPath
package import Gateway
import GatewayAPI
import IPsec
package import Logging
import UserspaceIPsec

/// The network of a scenario, on loopback: a stack for each node, and a daemon, the same that a real gateway runs, for
/// each router and for the mobile node.
///
/// The gateways have an address of their own beside those of the scenario (198.18.0.0/15, RFC 2544), for the tunnels
/// between them: the others may become another gateway's.
package final class DemoNetwork: Sendable {
    package let scenario: ScenarioFile
    package let pki: Pki
    let routes: DemoRoutes
    let recorder: MoveRecorder
    let account: TrafficAccount
    let capture: DemoCapture
    private let hosts: [NodeName: UserspaceStack]
    private let routers: [NodeName: DemoRouter]
    private let makers: [NodeName: DemoRouterMaker]
    private let current: CurrentNetwork
    private let directory: TemporaryDirectory

    /// The network of a scenario, not running yet.
    package init(_ scenario: ScenarioFile, options: DemoOptions, logger: Logger) throws {
        try KeySecrecy.begin()
        let network = scenario.network.network
        let pki = try Pki(for: network, named: scenario.name)
        let routes = DemoRoutes()
        routes.set(network)
        let mobileNodes = network.nodes.filter { $0.role == .mobileNode }.map(\.name)
        let recorder = MoveRecorder(mobileNodes: Set(mobileNodes))
        let secrets = DemoSecrets(network)
        let account = TrafficAccount(flows: scenario.traffic.count)
        let (capture, current) = (try DemoCapture(options), CurrentNetwork(network))
        let linkCapture = try options.linkPcap.map { try DemoLinkCapture(path: $0, network: network) }
        let (directory, ports) = (try TemporaryDirectory(), DemoPorts())
        var hosts: [NodeName: UserspaceStack] = [:]
        var routers: [NodeName: DemoRouter] = [:]
        var makers: [NodeName: DemoRouterMaker] = [:]
        for node in network.nodes {
            for address in node.scopedAddresses { routes.set(address, to: node.name) }
            for realm in node.realms {
                routes.set(ScopedAddress(DemoNode.ownAddress(node.name, in: network), realm: realm), to: node.name)
            }
            if node.role.runsDaemon, let credential = pki.router(node.name) {
                let maker = DemoRouterMaker(
                    node: node, scenario: scenario, options: options, credential: credential,
                    authority: pki.authority.certificatePEM, directory: directory, current: current, routes: routes,
                    ports: ports, recorder: recorder, account: account, capture: capture, secrets: secrets,
                    linkCapture: linkCapture, logger: logger)
                makers[node.name] = maker
                routers[node.name] = try DemoRouter { try maker.make() }
            } else {
                let stack = try DemoNode(node, in: network, routes: routes).makeStack(
                    account: account, capture: capture)
                routes.place(node, stack)
                hosts[node.name] = stack
            }
        }
        (self.scenario, self.pki, self.routes, self.recorder) = (scenario, pki, routes, recorder)
        (self.account, self.capture, self.current) = (account, capture, current)
        (self.hosts, self.routers, self.makers, self.directory) = (hosts, routers, makers, directory)
        current.onSetUp { [weak self] path in
            await self?.adopt(current.replace(path), because: "a new router set up a \(path.plane) path")
        }
    }

    /// The daemons that run now, by node; every router and every mobile node has one.
    package var daemons: [NodeName: RouterDaemon] { routers.mapValues(\.daemon) }

    /// The daemons of the nodes whose SAs may move: a mobile node is an end of SAs, and keeps it.
    package var gateways: [NodeName: RouterDaemon] { daemons.filter { scenario.isGateway($0.key) } }

    /// The stacks that run now, by node.
    var stacks: [NodeName: UserspaceStack] { hosts.merging(routers.mapValues(\.stack)) { host, _ in host } }

    /// Tells what parties of moves do, with the node where they do it, as they do it.
    package func onMoveEvent(_ take: @escaping @Sendable (MoveEvent, NodeName) -> Void) { recorder.onEvent(take) }

    /// The gateways where the SA of that name is in force.
    package func places(of association: String) async throws -> [NodeName] {
        var places: [NodeName] = []
        for (name, router) in routers where scenario.isGateway(name) {
            for status in try await router.stack.associations()
            where status.association.name == association && (status.phase == .inForce || status.phase == .dying) {
                places.append(name)
            }
        }
        return places.sorted()
    }

    /// Ends a node's daemon at once, wherever it is, and with it the SAs of its stack; it comes back by itself.
    package func kill(_ node: NodeName) { routers[node]?.kill() }

    /// Runs all stacks and daemons for as long as `body` does, with the scenario's SAs in force. Once only: then their
    /// journals are gone.
    package func run<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        let (ready, isReady) = AsyncStream.makeStream(of: NodeName.self)
        defer { directory.remove() }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            for stack in hosts.values {
                group.addTask {
                    try await stack.run()
                    return nil
                }
            }
            for (name, router) in routers {
                guard let maker = makers[name] else { continue }
                group.addTask {
                    try await router.run { stack, daemon in
                        try await maker.started(stack, daemon)
                        isReady.yield(name)
                    }
                    return nil
                }
            }
            group.addTask {
                await self.follow()
                return nil
            }
            group.addTask {
                var missing = Set(self.routers.keys)
                for await name in ready {
                    missing.remove(name)
                    if missing.isEmpty { break }
                }
                try await DemoAssociations(self).install()
                return try await body()
            }
            // The body ends it, or the first part that fails.
            defer { group.cancelAll() }
            while let ended = try await group.next() {
                if let result = ended { return result }
            }
            throw CancellationError()
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

    /// After the last move that its paths ask for MN is on its new paths.
    private func follow() async {
        for await id in recorder.ended {
            let isOfDrain = await isOfDrain(id)
            if let move = recorder[id], move.outcome == .completed || isOfDrain, recorder.hasCompleted,
                !recorder.isBusy, await !hasMore
            {
                await turn(move.route)
            }
            recorder.settle(id)
        }
    }

    /// Whether a move is of a drain; waits until that has taken in how the move ended.
    private func isOfDrain(_ id: MoveID) async -> Bool {
        var isOfDrain = false
        for daemon in gateways.values {
            while await daemon.isDraining(with: id), (try? await Task.sleep(for: .milliseconds(2))) != nil {
                isOfDrain = true
            }
        }
        return isOfDrain
    }

    /// Whether a gateway has SAs that its paths ask to move.
    private var hasMore: Bool {
        get async {
            for (name, daemon) in gateways {
                if await daemon.isDraining { return true }
                if (try? await daemon.plan(MoveSelection()))?.leaving(name).isEmpty == false { return true }
            }
            return false
        }
    }

    /// The network as it is now.
    var network: Network { current.network }

    /// Gives a plane these paths.
    func change(_ path: PathPair) async {
        await adopt(current.replace(path), because: "the scenario changed the paths of the \(path.plane) plane")
    }

    /// Changes the paths as the scenario's timeline says, while a person does the moves.
    package func playPaths() async throws {
        let requests = DemoRequests(self)
        for step in scenario.timeline {
            try await Task.sleep(for: step.after)
            switch step.action {
            case .path(let path): await change(path)
            // What mobile nodes and routers do by themselves.
            case .activate(let mobile, let router, let tampering):
                try? await requests.activate(mobile, via: router, tampering)
            case .request(let mobile, let router): try? await requests.request(mobile, by: router)
            case .seek(let plane, let router, let previous):
                try? await requests.seek(plane, of: router, via: previous)
            case .move, .lead, .drain: break
            }
        }
    }

    private func turn(_ route: MoveRoute) async {
        guard let changed = current.turn(route) else { return }
        await adopt(changed, because: "the demo turned the paths after a move from \(route.holder) to \(route.taker)")
    }

    /// Every daemon has the changed network from now on.
    func adopt(_ network: Network, because cause: String) async {
        routes.set(network)
        for (name, daemon) in daemons {
            await daemon.replace(network: network.asKnown(at: name), because: cause)
        }
    }
}

extension Network {
    /// The network as a node knows it: what the others can use it finds out when it asks them.
    func asKnown(at name: NodeName) -> Network {
        var network = self
        for var node in nodes where node.name != name && node.capabilities.suites != nil {
            node.capabilities.suites = nil
            network = network.replacing(node)
        }
        return network
    }
}

extension ScenarioFile {
    /// Whether a node stands on the way of others' packets, and has SAs for them.
    func isGateway(_ node: NodeName) -> Bool { network.network.node(node)?.role.passesPackets ?? false }
}

extension ReportedPlan {
    /// The names of the SAs that the plan has a gateway give to another.
    func leaving(_ gateway: NodeName) -> [String] {
        associations.filter { entry in
            (entry.action == .move || entry.action == .renegotiate)
                && entry.relocations.contains { $0.from == gateway }
        }.map(\.name)
    }
}
