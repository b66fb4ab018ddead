import ConfigurationFiles
import ContextTransfer
import ForwardingPath
import Gateway
import GatewayAPI
import IPsec

/// Plays a scenario by itself, with nobody to approve, and says how it went.
package struct HeadlessRun {
    private let network: DemoNetwork
    private let options: DemoOptions

    /// How long traffic flows before the first move, so that there is something to capture.
    private static let warmUp = Duration.milliseconds(500)
    /// A packet is lost when it has not arrived so long after its sender stopped (DESIGN section 4).
    private static let lossLimit = Duration.seconds(2)

    package init(_ network: DemoNetwork, options: DemoOptions) { (self.network, self.options) = (network, options) }

    /// Plays; the network must run.
    package func play() async throws -> DemoReport {
        let plan = try await plan()
        var captured: [[UInt8]] = []
        var problem: OperationRefusal?
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await network.sendTraffic() }
            try await Task.sleep(for: Self.warmUp)
            captured = network.capture.stopKeeping()
            do throws(OperationRefusal) { try await moveAll(plan) } catch { problem = error }
            group.cancelAll()
        }
        try await waitForStragglers()
        let traffic = network.account.summary
        let replay = try await CaptureReplay(network: network).run(captured)
        return try await DemoReport(
            network: network, plan: plan, problem: problem, traffic: traffic, replay: replay)
    }

    /// What every gateway plans for its SAs, by gateway.
    private func plan() async throws(OperationRefusal) -> [NodeName: ReportedPlan] {
        var plans: [NodeName: ReportedPlan] = [:]
        for (name, daemon) in network.daemons {
            let plan = try await daemon.plan(MoveSelection())
            if !plan.associations.isEmpty { plans[name] = plan }
        }
        return plans
    }

    private func moveAll(_ plans: [NodeName: ReportedPlan]) async throws(OperationRefusal) {
        let moving = plans.filter { $0.value.associations.contains { $0.action == .move } }
        guard !moving.isEmpty else { return }
        var settled = network.recorder.settled.makeAsyncIterator()
        for count in 0..<options.moves {
            var started: Set<MoveID> = []
            for (name, daemon) in network.daemons.sorted(by: { $0.key < $1.key }) {
                // The first time only where the plan moves something; later wherever the SAs are now.
                let plan = count == 0 ? plans[name] : try await daemon.plan(MoveSelection())
                let names = plan?.associations.filter { $0.action == .move }.map(\.name) ?? []
                guard !names.isEmpty else { continue }
                let order = MoveOrder(
                    selection: MoveSelection(names: names), approval: options.approval ?? .automatic)
                started.formUnion(try await daemon.move(order, by: Self.player).map(\.id))
            }
            guard !started.isEmpty else { return }
            while !started.isEmpty {
                guard let id = await settled.next(isolation: #isolation) else { return }
                started.remove(id)
            }
            if network.recorder.recordings.contains(where: { $0.recording.outcome.map { $0 != .completed } ?? false }) {
                return
            }
        }
    }

    private static let player = Caller(name: "demo", role: .operator)

    private func waitForStragglers() async throws {
        let deadline = ContinuousClock.now + Self.lossLimit
        while ContinuousClock.now < deadline, network.account.summary.contains(where: { $0.lost > 0 }) {
            try await Task.sleep(for: .milliseconds(20))
        }
        // A second copy may still be under way when the first has arrived.
        try await Task.sleep(for: .milliseconds(100))
    }
}
