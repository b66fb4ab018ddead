import ContextTransfer
import GatewayAPI
import IPsec

extension RouterDaemon {
    /// Takes up what the daemon before this one left in the journal, and in the stack.
    func restore() async throws {
        events = try await journal.latestEvents(limit: Self.eventLimit)
        lastEvent = events.last?.number ?? 0
        let notes = try await journal.notes()
        let lost = try await moves.restore(notes, stackSurvived: try await journal.survived(settings.stackLife))
        try await journal.keep(stackLife: settings.stackLife)
        // And what was found out about them; of what is gone only the former say where it came from.
        let earlier = Dictionary(notes.map { ($0.key, $0) }) { _, last in last }
        await successions.restore(notes + (try await journal.notes().filter { earlier[$0.key] != $0 }))
        await report(.log, action: "start", text: "ferryd started at \(node)")
        await recallDrain()
        guard !lost.isEmpty else { return }
        let names = lost.map(\.spi.description)
        await report(
            .alarm, action: "end", associations: names,
            text: "SAs that moves had brought to \(node) ended with its stack")
        await successions.lost(lost)
    }
}
