import ContextTransfer
import ForwardingPath
import GatewayAPI

/// A drain that a restart interrupted goes on, as soon as it is settled what was under way.
extension RouterDaemon {
    /// How long what was under way may take to be settled, and how often that is looked at.
    private static let (settling, look) = (Duration.seconds(60), Duration.milliseconds(100))

    /// From now on the drain that was under way can be stopped, and no other begins.
    func recallDrain() async {
        do {
            guard let note = try await journal.drain() else { return }
            drain = Drain(interrupted: note, at: node)
        } catch {
            await report(
                .alarm, action: "drain", text: "which drain of \(node) was under way cannot be read: \(error)")
        }
    }

    /// Goes on with it; does nothing where there is none, or it was stopped meanwhile.
    func resumeDrain() async {
        guard let drain, drain.isInterrupted else { return }
        let note = drain.note
        let deadline = ContinuousClock.now + Self.settling
        while isInterrupted(note), await moves.isHolding, ContinuousClock.now < deadline {
            guard (try? await Task.sleep(for: Self.look)) != nil else { return }
        }
        do throws(OperationRefusal) {
            let decision = try await decide(note.order.selection)
            let units = try units(decision)
            guard isInterrupted(note) else { return }
            let paths = DrainNote.words(for: decision.planner.network.paths)
            guard paths == note.paths else {
                return await giveUp(note, because: "the paths are not those that it was ordered for (\(note.paths))")
            }
            await goOn(with: note, units, decision)
        } catch {
            // The note is for the next start, where this one ends.
            guard isInterrupted(note), !Task.isCancelled else { return }
            await giveUp(note, because: "\(error)")
        }
    }

    private func isInterrupted(_ note: DrainNote) -> Bool { drain?.id == note.id && drain?.isInterrupted == true }

    private func goOn(with note: DrainNote, _ units: [DrainUnit], _ decision: Decision) async {
        let stuck = stuck(decision)
        var resumed = Drain(note, units, stuck: stuck, report(note, units, stuck, decision))
        // What was under way may have been all that was left.
        if units.isEmpty { resumed.giveUp(at: .now) }
        drain = resumed
        cache = nil
        guard !units.isEmpty else { return await tellEnd(of: resumed) }
        await report(
            .log, by: note.requestedBy, action: "drain",
            text: "goes on with the drain of \(node) after a restart: "
                + "\(resumed.report.associations) SAs in \(resumed.report.moves) moves")
        await goOnDraining()
    }

    private func giveUp(_ note: DrainNote, because reason: String) async {
        drain?.giveUp(at: .now)
        cache = nil
        await forget(note.id)
        await report(
            .alarm, by: note.requestedBy, action: "drain",
            text: "the drain of \(node) does not go on after the restart: \(reason)")
    }
}
