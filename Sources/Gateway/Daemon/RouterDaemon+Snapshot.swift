import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

extension RouterDaemon {
    /// How long a look at the stack serves all who watch.
    private static let lookAge = Duration.milliseconds(50)

    /// What there is now; `nil` once the daemon stopped.
    func look() async -> (ClockTime, GatewaySnapshot)? {
        guard !isStopped else { return nil }
        if let cache, .now - cache.time < Self.lookAge { return (.now, cache.snapshot) }
        let snapshot = await snapshot()
        cache = (.now, snapshot)
        return (.now, snapshot)
    }

    private func snapshot() async -> GatewaySnapshot {
        let reading = await readStack()
        countSent()
        return GatewaySnapshot(
            revision: 0, associations: reading.associations, policies: reading.policies,
            paths: network.paths.map { ReportedPath($0, in: network) }, moves: ledger.reports, stack: reading.counters,
            events: events, drain: drain?.report)
    }

    /// The stack's SAs with what the daemon knows of them.
    private func reported(_ statuses: [AssociationStatus], _ moving: [SAIdentifier: MoveID]) -> [ReportedAssociation] {
        let known = types.look(statuses, planner) { farPlacesWanted.yield() }
        return statuses.map { status in
            let identifier = status.association.identifier
            return ReportedAssociation(
                status, plane: known[identifier]?.plane ?? .data, type: known[identifier]?.type,
                peer: known[identifier]?.peer, moving: moving[identifier])
        }
    }

    /// What the stack has; while it cannot be read, what it had when it could.
    private func readStack() async -> StackReading {
        do {
            lastReading = StackReading(
                associations: reported(try await stack.associations(), await moves.moving),
                policies: try await stack.policies(), counters: try await stack.counters())
            if isStackSilent {
                isStackSilent = false
                await report(.log, action: "stack", text: "the stack at \(node) can be read again")
            }
        } catch {
            if !isStackSilent {
                isStackSilent = true
                await report(
                    .alarm, action: "stack",
                    text: "the stack at \(node) cannot be read, and what is shown of it is old: \(error)")
            }
        }
        return lastReading
    }
}
