import ConfigurationFiles
import ContextTransfer
import ForwardingPath
import Gateway
import GatewayAPI

/// Plays a scenario by itself, with nobody to approve, and says how it went.
package struct HeadlessRun {
    private let network: DemoNetwork
    private let options: DemoOptions
    private let orders: DemoOrders

    /// How long traffic flows before the first move, so that there is something to capture.
    private static let warmUp = Duration.milliseconds(500)
    /// A packet is lost when it has not arrived so long after its sender stopped (DESIGN section 4).
    private static let lossLimit = Duration.seconds(2)

    /// How long a negotiation may take.
    private static let negotiationLimit = Duration.seconds(5)

    package init(_ network: DemoNetwork, options: DemoOptions) {
        (self.network, self.options) = (network, options)
        orders = DemoOrders(network: network, approval: options.approval ?? .automatic)
    }

    /// Plays; the network must run.
    package func play() async throws -> DemoReport {
        var story = DemoStory(plan: try await DemoPlan(network))
        story.policies = try await DemoReport.HeldPolicy.all(in: network)
        var captured: [[UInt8]] = []
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await network.sendTraffic() }
            try await Task.sleep(for: Self.warmUp)
            captured = network.capture.stopKeeping()
            do {
                try await network.scenario.timeline.isEmpty ? moveBackAndForth(&story) : playTimeline(&story)
            } catch let refusal as OperationRefusal {
                story.problem = .refused(refusal.description)
            } catch let endless as DemoOrders.Endless {
                story.problem = .failed(endless.description)
            }
            group.cancelAll()
        }
        try await waitForStragglers()
        try await waitForNegotiations()
        story.traffic = network.account.summary
        story.replay = try await CaptureReplay(network: network).run(captured)
        return try await DemoReport(network: network, story: story)
    }

    /// Moves whatever the gateways' plans say, as often as was asked for; in turn there and back.
    private func moveBackAndForth(_ story: inout DemoStory) async throws {
        while story.rounds.count < options.moves {
            var plan = story.plan
            if !story.rounds.isEmpty { try await plan.addRound(network) }
            guard try await orders.moveAll() else { return }
            story.plan = plan
            try await waitForNegotiations()
            try await story.endRound(network)
            if network.recorder.recordings.contains(where: { $0.recording.outcome != .completed }) { return }
        }
    }

    private func playTimeline(_ story: inout DemoStory) async throws {
        let requests = DemoRequests(network)
        for step in network.scenario.timeline {
            try await Task.sleep(for: step.after)
            switch step.action {
            case .path(let path):
                await network.change(path)
                try await story.plan.update(network)
            case .move(let names, let from, let to):
                try await orders.finish()
                try await orders.move(names, from: from, to: to, step)
            case .lead(let names, let router):
                try await orders.finish()
                try await orders.lead(names, by: router)
            case .activate(let mobile, let router, let tampering):
                try await requests.activate(mobile, via: router, tampering)
                if tampering == nil { try await orders.expectAll() }
            case .request(let mobile, let router):
                try await requests.request(mobile, by: router)
                try await orders.expectAll()
            case .seek(let plane, let router, let previous):
                try await requests.seek(plane, of: router, via: previous)
                try await story.plan.update(network)
            case .drain(let gateway, let others):
                try await orders.finish()
                if let daemon = network.daemons[gateway] {
                    try await story.plan.update(daemon, draining: gateway, to: others)
                }
                try await orders.drain(gateway, to: others)
            }
        }
        try await orders.finish()
        try await story.endRound(network)
    }

    /// Waits until the old SAs have ended where new ones took their place.
    private func waitForNegotiations() async throws {
        let deadline = ContinuousClock.now + Self.negotiationLimit
        for daemon in network.daemons.values {
            while ContinuousClock.now < deadline, await daemon.isNegotiating {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    private func waitForStragglers() async throws {
        let deadline = ContinuousClock.now + Self.lossLimit
        while ContinuousClock.now < deadline, network.account.summary.contains(where: { $0.lost > 0 }) {
            try await Task.sleep(for: .milliseconds(20))
        }
        // A second copy may still be under way when the first has arrived.
        try await Task.sleep(for: .milliseconds(100))
    }
}
