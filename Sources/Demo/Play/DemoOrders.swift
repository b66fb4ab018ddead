import ConfigurationFiles
import ContextTransfer
import ForwardingPath
import Gateway
import GatewayAPI

/// Orders moves where the SAs are, as an operator would, and waits for their ends.
struct DemoOrders {
    let network: DemoNetwork
    let approval: ApprovalPolicy

    private static let player = Caller(name: "demo", role: .operator)
    /// How long a move may take before it counts as failed.
    private static let limit = Duration.seconds(20)
    /// How long a drain may take before it counts as failed.
    private static let drainLimit = Duration.seconds(90)

    /// How long a move that was asked for may take to begin.
    private static let beginning = Duration.seconds(3)

    /// A move that did not end.
    struct Endless: Error, CustomStringConvertible {
        let moves: Int

        var description: String { "\(moves) moves did not end within \(DemoOrders.limit.components.seconds) s" }
    }

    /// Moves all that the gateways' plans give away now: where that is more than one gateway's, the previous router
    /// moves the whole path; `false` where that is nothing.
    func moveAll() async throws -> Bool {
        var leaving: [(daemon: RouterDaemon, names: [String])] = []
        var isBundle = false
        for (gateway, daemon) in network.gateways.sorted(by: { $0.key < $1.key }) {
            let plan = try await daemon.plan(MoveSelection())
            let names = plan.leaving(gateway)
            if !names.isEmpty { leaving.append((daemon, names)) }
            if plan.associations.contains(where: { $0.leader != nil }) { isBundle = true }
        }
        if isBundle || leaving.count > 1 {
            guard try await moveWholePaths() else { return false }
        } else {
            guard let first = leaving.first else { return false }
            try await order(MoveSelection(names: first.names), at: first.daemon)
        }
        try await finish()
        return true
    }

    /// Has each previous router move what there is on its paths; `false` where that is nothing.
    private func moveWholePaths() async throws -> Bool {
        var hasMoved = false
        let routers = Set(network.network.paths.filter { $0.next != nil }.compactMap(\.previousRouter))
        for router in routers.sorted() {
            guard let daemon = network.gateways[router] else { continue }
            let plan = try await daemon.plan(MoveSelection(wholePath: true))
            let names = Set(plan.associations.filter { $0.action == .move }.map(\.name)).sorted()
            guard !names.isEmpty else { continue }
            try await order(MoveSelection(names: names, wholePath: true), at: daemon)
            hasMoved = true
        }
        return hasMoved
    }

    /// Moves these SAs from wherever they are, or from one gateway.
    func move(_ names: [String], from: NodeName?, to: NodeName?, _ step: TimelineStep) async throws {
        for (gateway, daemon) in network.gateways.sorted(by: { $0.key < $1.key }) where from == nil || from == gateway {
            let has = Set(try await daemon.plan(MoveSelection()).associations.map(\.name))
            let there = names.filter(has.contains)
            guard !there.isEmpty else { continue }
            let selection = MoveSelection(
                names: there, from: gateway, to: to, spiConflict: step.spiConflict, upgrade: step.upgrade)
            let leaving = Set(try await daemon.plan(selection).leaving(gateway))
            guard from == gateway || !leaving.isEmpty else { continue }
            try await order(selection, at: daemon, step.approval)
        }
    }

    /// Has a previous router lead the move of these SAs, wherever on its paths they are.
    func lead(_ names: [String], by router: NodeName) async throws {
        guard let daemon = network.daemons[router] else { return }
        try await order(MoveSelection(names: names, wholePath: true), at: daemon)
    }

    /// Waits for the end of all moves that somebody else began; of the first one also for its beginning.
    func expectAll() async throws {
        let deadline = ContinuousClock.now + Self.beginning
        while network.recorder.recordings.isEmpty, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(20))
        }
        for entry in network.recorder.recordings { network.recorder.expect(entry.id) }
        try await finish()
    }

    /// Drains a gateway, and waits for its end.
    func drain(_ gateway: NodeName, to others: [NodeName]) async throws {
        guard let daemon = network.daemons[gateway] else { return }
        let order = MoveOrder(selection: MoveSelection(draining: gateway, to: others), approval: approval)
        var report = try await daemon.drain(order, by: Self.player)
        let deadline = ContinuousClock.now + Self.drainLimit
        for await update in await daemon.watch(WatchOptions(traffic: false, interval: 200, events: 0)) {
            switch update.content {
            case .snapshot(let all): report = all.drain ?? report
            case .changes(let changes): for case .drain(let now) in changes.map(\.kind) { report = now }
            }
            if report.end != nil || ContinuousClock.now > deadline { break }
        }
        if report.left > 0 { throw Endless(moves: report.left) }
        for entry in network.recorder.recordings { network.recorder.expect(entry.id) }
        try await finish()
    }

    private func order(
        _ selection: MoveSelection, at daemon: RouterDaemon, _ also: ApprovalPolicy? = nil
    ) async throws {
        let order = MoveOrder(selection: selection, approval: approval.joined(also))
        for move in try await daemon.move(order, by: Self.player) {
            network.recorder.expect(move.id)
        }
    }

    /// Waits until all that was ordered has ended, and what follows from it is done.
    func finish() async throws {
        let recorder = network.recorder
        guard recorder.awaited > 0 else { return }
        let left = await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in recorder.settled where recorder.awaited == 0 { return }
            }
            group.addTask { try? await Task.sleep(for: Self.limit) }
            await group.next()
            group.cancelAll()
            return recorder.awaited
        }
        if left > 0 { throw Endless(moves: left) }
    }
}
