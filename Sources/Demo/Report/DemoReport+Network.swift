import ConfigurationFiles
import ContextTransfer
import ForwardingPath
import GatewayAPI
import Gateway
import IPsec
import UserspaceIPsec

extension DemoReport {
    /// What a network's parts say after it was played.
    init(network: DemoNetwork, story: DemoStory) async throws {
        let recordings = network.recorder.recordings.map(\.recording)
        let signalling = network.recorder.signalling
        scenario = network.scenario.name
        drains = await Drain.all(in: network)
        (outcome, reason) = Self.outcome(recordings, story.problem, drains)
        rounds = story.rounds
        completed = recordings.count { $0.outcome == .completed }
        refused = recordings.count - completed
        (policiesBefore, policies) = (story.policies, try await HeldPolicy.all(in: network))
        (associations, leftovers) = try await Self.associations(network, story.plan, recordings)
        traffic = zip(network.scenario.traffic, story.traffic).map { flow, account in
            Traffic(
                from: flow.from, to: flow.to, sent: account.sent, received: account.received, lost: account.lost,
                duplicated: account.duplicated)
        }
        replay = Replay(offered: story.replay.offered, accepted: story.replay.accepted)
        reused = network.capture.audit.reused
        var (requests, refusals) = (0, 0)
        for daemon in network.daemons.values {
            requests += await daemon.grantedRequests
            refusals += await daemon.refusals
        }
        (self.requests, self.refusals) = (requests, refusals)
        pause = Pause(recordings.compactMap(\.pause))
        phases = (recordings.first?.durations ?? []).map { Phase(name: $0.phase.name, duration: $0.duration) }
        self.signalling = Signalling(
            messages: signalling.messages, bytes: signalling.octets, mobileNodeMessages: signalling.mobileNodeMessages,
            staticBytesPerAssociation: Self.average(signalling.staticOctets, signalling.staticContexts),
            dynamicBytesPerAssociation: Self.average(signalling.dynamicOctets, signalling.dynamicContexts),
            planMessages: signalling.planMessages, planBytes: signalling.planOctets)
    }

    private static func average(_ sum: Int, _ count: Int) -> Int { count == 0 ? 0 : (sum + count - 1) / count }

    private static func outcome(
        _ recordings: [MoveRecorder.Recording], _ problem: DemoStory.Problem?, _ drains: [Drain]
    ) -> (ConfigurationFiles.MoveOutcome, String) {
        switch problem {
        case .refused(let reason): return (.refused, reason)
        case .failed(let reason): return (.failed, reason)
        case nil: break
        }
        guard !recordings.isEmpty else { return (.nothingToMove, "") }
        let moved = drains.reduce(0) { $0 + $1.moved }
        if let stayed = drains.flatMap(\.stayed).first, moved > 0 {
            let all = drains.reduce(0) { $0 + $1.associations + $1.stuck }
            let more = drains.reduce(0) { $0 + $1.stayed.count } - 1
            return (
                .partly,
                "\(moved) of \(all) SAs moved; \(stayed.words)" + (more > 0 ? "; and \(more) more" : "")
            )
        }
        return
            switch recordings.lazy.map({ $0.outcome ?? .failed(.failure("it did not end")) })
            .first(where: { $0 != .completed })
        {
        case nil, .completed: (.completed, "")
        case .refused(let reason): (.refused, reason.description)
        case .aborted(let reason): (.aborted, reason.description)
        case .failed(let reason), .ended(let reason): (.failed, reason.description)
        }
    }

    /// What has become of the SAs by now, and what is left over.
    static func associations(
        _ network: DemoNetwork, _ plan: DemoPlan, _ recordings: [MoveRecorder.Recording]
    ) async throws -> ([Association], leftovers: [String]) {
        var places: [String: [Place]] = [:]
        var leftovers: [String] = []
        var addresses: [String: Set<IPAddress>] = [:]
        for (name, stack) in network.stacks.sorted(by: { $0.key < $1.key }) {
            let statuses = try await stack.associations()
            let isGateway = network.gateways[name] != nil
            for status in statuses where status.phase == .inForce || status.phase == .dying {
                let association = status.association
                addresses[association.name, default: []].insert(isGateway ? association.local : association.peer)
            }
            guard isGateway else { continue }
            let egress = try await stack.capabilities().egressMTU
            for status in statuses {
                switch status.phase {
                case .inForce, .dying:
                    places[status.association.name, default: []].append(
                        Place(
                            node: name, direction: status.association.direction, spi: status.association.identifier.spi,
                            suite: status.association.attributes.keys.suite,
                            pathMTU: status.association.pathMTU(egress: egress),
                            lastSent: status.association.reached)
                    )
                case .quiesced:
                    leftovers.append("\(status.association.name) is out of service at \(name), with its keys")
                case .ended: break
                }
            }
        }
        let ended = recordings.reduce(into: Set<SAIdentifier>()) { $0.formUnion($1.renegotiated) }
        var recordingsOfName: [String: [MoveRecorder.Recording]] = [:]
        for recording in recordings {
            for name in recording.names { recordingsOfName[name, default: []].append(recording) }
        }
        let associations = network.scenario.network.associations.compactMap { association -> Association? in
            guard let entry = plan[association.name], let latest = plan.last(association.name) else { return nil }
            let now = places[association.name] ?? []
            let own = recordingsOfName[association.name] ?? []
            let completed = own.last { $0.outcome == .completed }
            let last = latest.action == .move || latest.action == .renegotiate ? completed : nil
            let outcome: AssociationOutcome =
                if now.isEmpty, entry.gateway != nil {
                    ended.contains(association.identifier) ? .renegotiated : .ended
                } else if own.isEmpty {
                    .unchanged
                } else {
                    last.map { $0.isRenewal ? .renegotiated : .moved } ?? .refused
                }
            return Association(
                name: association.name, type: entry.type, action: latest.action, outcome: outcome,
                moves: latest.relocations, before: entry.spi?.description, after: now.first?.spi.description,
                origins: entry.relocations.isEmpty
                    ? entry.gateway.map { [$0] } ?? [] : entry.relocations.map(\.from).sorted(),
                at: Set(now.map(\.node)).sorted(), suite: now.first?.suite,
                gatewayAddresses: addresses[association.name, default: []].sorted { $0.description < $1.description },
                lastSent: now.compactMap(\.lastSent).max(),
                pathMTU: now.compactMap(\.pathMTU).min(),
                isDoubled: Set(now.map(\.direction)).count < now.count)
        }
        return (associations, leftovers)
    }

    /// One end of an SA in force.
    private struct Place {
        let node: NodeName
        let direction: Direction
        let spi: SPI
        let suite: AlgorithmSuite
        let pathMTU: UInt16?
        let lastSent: UInt64?
    }
}

extension SecurityAssociation {
    /// The last number sent, or the highest received.
    fileprivate var reached: UInt64? {
        direction == .outbound ? state.lastSent.value : state.window?.highest.value
    }

    /// What its sender goes by where packets leave with that MTU; `nil` at its receiver.
    fileprivate func pathMTU(egress: UInt16) -> UInt16? {
        direction == .outbound ? min(egress, state.pathMTU?.octets ?? egress) : nil
    }
}
