import ContextTransfer
import ForwardingPath
import GatewayAPI

/// What becomes of a drain's SAs whose move came to nothing, and of those that are negotiated anew.
extension RouterDaemon {
    /// Looks into what became of one move, or is to become of it.
    func carryOut(_ work: DrainWork) async {
        switch work {
        case .renew(let move): await renew(move)
        case .retry(let move, let outcome): await retry(move, after: outcome)
        }
    }

    private func retry(_ move: MoveID, after outcome: MoveOutcome) async {
        guard var unit = drain?.queue[move], let reason = outcome.reason else { return }
        let next: DrainUnit? =
            switch unit.attempts.next(after: outcome, to: unit.taker) {
            case .later: (try? await Task.sleep(for: Self.wait)) == nil ? nil : unit
            case .elsewhere: await elsewhere(unit)
            case nil: nil
            }
        guard let next, drain?.retry(move, as: next) == true else {
            // A move may end twice, where it was asked about once more: it is looked into once.
            guard drain?.queue[move] != nil else { return }
            await report(
                .log, action: "drain", associations: unit.names, move: move,
                text:
                    "\(unit.names.joined(separator: ", ")) \(unit.names.count == 1 ? "stays" : "stay") at \(node): \(reason)"
            )
            return await ended(move, outcome, at: .now)
        }
        cache = nil
        if next.taker != unit.taker {
            await report(
                .log, action: "drain", associations: unit.names, move: move,
                text: "\(unit.taker) does not take them (\(reason)): \(next.taker) is tried")
        }
        await goOnDraining()
    }

    /// How long what is in the way of a move is waited for each time.
    private static let wait = Duration.seconds(1)

    /// The SAs on their way to a gateway that has not refused them; `nil` where there is none.
    private func elsewhere(_ unit: DrainUnit) async -> DrainUnit? {
        guard let order = drain?.order else { return nil }
        var allowed = order.selection.spread ?? []
        if allowed.isEmpty {
            allowed = Set(network.paths.flatMap { $0.next ?? [] }).sorted().filter {
                network.node($0)?.role.takesAssociations == true
            }
        }
        allowed.removeAll { $0 == node || unit.attempts.refusedBy.contains($0) }
        guard !allowed.isEmpty else { return nil }
        var selection = MoveSelection(draining: node, to: allowed)
        (selection.names, selection.spiConflict) = (unit.names, order.selection.spiConflict)
        guard let decision = try? await decide(selection), var next = (try? units(decision))?.first,
            next.names.count == unit.names.count
        else { return nil }
        (next.attempts, next.number) = (unit.attempts, unit.number)
        return next
    }

    private func renew(_ move: MoveID) async {
        guard let drain, let unit = drain.queue[move] else { return }
        var selection = drain.order.selection
        (selection.names, selection.spread) = (unit.names, [unit.taker])
        var order = drain.order
        order.selection = selection
        do throws(OperationRefusal) {
            let begun = try await beginRenewals(
                try await decide(selection), order, as: move,
                by: Caller(name: drain.report.requestedBy, role: .operator))
            guard begun.isEmpty else { return }
            await ended(move, .refused(.failure("there is nothing to negotiate any more")), at: .now)
        } catch {
            if case .busy = error {
                drainWorkWanted.yield(.retry(move, .refused(.busy)))
                return
            }
            await report(
                .alarm, action: "drain", associations: unit.names, move: move,
                text: "\(unit.names.joined(separator: ", ")) cannot be negotiated anew at \(unit.taker): \(error)")
            await ended(move, .refused(.failure("\(error)")), at: .now)
        }
    }
}
