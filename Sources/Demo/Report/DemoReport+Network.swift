import ConfigurationFiles
import ContextTransfer
import ForwardingPath
import GatewayAPI
import Gateway
import IPsec
import UserspaceIPsec

extension DemoReport {
    /// What a network's parts say after it was played.
    init(
        network: DemoNetwork, plan: [NodeName: ReportedPlan], problem: OperationRefusal?,
        traffic: [TrafficAccount.Flow], replay: CaptureReplay.Outcome
    ) async throws {
        let recordings = network.recorder.recordings.map(\.recording)
        let signalling = network.recorder.signalling
        let outcomes = recordings.map { $0.outcome ?? .failed(.failure("it did not end")) }
        let first = outcomes.first { $0 != .completed }
        scenario = network.scenario.name
        (outcome, reason) = Self.outcome(first, began: !recordings.isEmpty, problem: problem)
        associations = try await Self.associations(network, plan, recordings)
        self.traffic = zip(network.scenario.traffic, traffic).map { flow, account in
            Traffic(
                from: flow.from, to: flow.to, sent: account.sent, received: account.received, lost: account.lost,
                duplicated: account.duplicated)
        }
        self.replay = Replay(offered: replay.offered, accepted: replay.accepted)
        pause = Pause(recordings.compactMap(\.pause))
        phases = (recordings.first?.durations ?? []).map { Phase(name: $0.phase.name, duration: $0.duration) }
        self.signalling = Signalling(
            messages: signalling.messages, bytes: signalling.octets, mobileNodeMessages: signalling.mobileNodeMessages,
            staticBytesPerAssociation: Self.average(signalling.staticOctets, signalling.staticContexts),
            dynamicBytesPerAssociation: Self.average(signalling.dynamicOctets, signalling.dynamicContexts))
    }

    private static func average(_ sum: Int, _ count: Int) -> Int { count == 0 ? 0 : (sum + count - 1) / count }

    private static func outcome(
        _ first: ContextTransfer.MoveOutcome?, began: Bool, problem: OperationRefusal?
    ) -> (ConfigurationFiles.MoveOutcome, String) {
        if let problem { return (.refused, problem.description) }
        guard began else { return (.nothingToMove, "") }
        switch first {
        case nil, .completed: return (.completed, "")
        case .refused(let reason): return (.refused, reason.description)
        case .aborted(let reason): return (.aborted, reason.description)
        case .failed(let reason), .ended(let reason): return (.failed, reason.description)
        }
    }

    private static func associations(
        _ network: DemoNetwork, _ plans: [NodeName: ReportedPlan], _ recordings: [MoveRecorder.Recording]
    ) async throws -> [Association] {
        var places: [String: [(node: NodeName, identifier: SAIdentifier)]] = [:]
        for (name, stack) in network.stacks where network.daemons[name] != nil {
            for status in try await stack.associations() where status.phase == .inForce || status.phase == .dying {
                places[status.association.name, default: []].append((name, status.association.identifier))
            }
        }
        let ended = recordings.reduce(into: Set<SAIdentifier>()) { $0.formUnion($1.renegotiated) }
        let entries = plans.sorted { $0.key < $1.key }.flatMap { gateway, plan in
            plan.associations.map { (gateway: gateway, entry: $0) }
        }
        return network.scenario.network.associations.compactMap { association in
            guard let (gateway, entry) = entries.first(where: { $0.entry.name == association.name }) else { return nil }
            let now = places[association.name] ?? []
            let outcome: AssociationOutcome =
                if now.isEmpty {
                    ended.contains(association.identifier) ? .renegotiated : .ended
                } else if entry.action != .move {
                    .unchanged
                } else if recordings.contains(where: { $0.outcome == .completed }) {
                    .moved
                } else {
                    now.contains { $0.node == gateway } ? .refused : .moved
                }
            return Association(
                name: association.name, type: entry.type, action: entry.action, outcome: outcome,
                moves: entry.relocations, before: entry.spi?.description, after: now.first?.identifier.spi.description,
                origin: gateway,
                at: now.map(\.node).sorted())
        }
    }
}
