import ContextTransfer
import GatewayAPI
import IPsec
import Logging

extension RouterDaemon {
    /// Writes an event in the audit trail and shows it to those who watch.
    func report(
        _ kind: EventKind, by actor: String = "", action: String, associations: [String] = [], move: MoveID? = nil,
        command: String = "", text: String
    ) async {
        // Numbered and shown at once: what comes later is later also where the disk is slow, and an alarm is seen also
        // where the disk is full.
        lastEvent += 1
        let event = ReportedEvent(
            number: lastEvent, clock: .now, kind: kind, actor: actor, action: action, associations: associations,
            move: move, command: command, text: text)
        events.append(event)
        if events.count > Self.eventLimit { events.removeFirst(events.count - Self.eventLimit) }
        logger.log(
            level: kind == .alarm || kind == .renegotiation ? .warning : .info, "Event",
            metadata: ["action": "\(action)", "text": "\(text)", "actor": "\(actor)"])
        do { try await journal.keep(event) } catch {
            logger.error("Cannot write the audit trail", metadata: ["reason": "\(error)"])
        }
    }

    /// What an operator should know of what a party did.
    func report(_ event: MoveEvent) async {
        let id = event.move.id
        let names = ledger[id]?.names ?? []
        switch event.kind {
        case .renegotiationNeeded(let identifiers, let reason):
            await report(
                .renegotiation, action: "renegotiate", associations: names, move: id,
                text: "\(Self.list(identifiers)) ended at \(node), and renegotiation was asked for: \(reason)")
        case .failed(let words):
            await report(
                .alarm, action: "fail", associations: names, move: id,
                text: "\(node) cannot go on as \(event.key.role.name): \(words)")
        case .installed(let identifiers):
            await report(
                .log, action: "install", associations: names, move: id,
                text: "\(Self.list(identifiers)) came into force at \(node)")
        case .quiesced(let identifiers):
            await report(
                .log, action: "quiesce", associations: names, move: id,
                text: "\(Self.list(identifiers)) went out of service at \(node)")
        case .resumed(let identifiers):
            await report(
                .log, action: "resume", associations: names, move: id,
                text: "\(Self.list(identifiers)) are back in force at \(node)")
        case .released(let identifiers):
            await report(
                .log, action: "release", associations: names, move: id,
                text: "\(Self.list(identifiers)) and their keys are gone from \(node)")
        case .stands(.awaitingApproval(let missing)) where missing.contains(event.key.role):
            await report(
                .audit, action: "ask", associations: names, move: id, command: "ferry approve \(id)",
                text: "the move waits for an operator at \(node)")
        case .stands(.over(let outcome)) where event.key.role == .source:
            await report(
                outcome == .completed ? .log : .alarm, action: outcome.name, associations: names, move: id,
                text: outcome.reason.map { "the move ended \(outcome.name): \($0)" } ?? "the move is completed")
        case .about, .entered, .stands: break
        }
    }

    private static func list(_ identifiers: [SAIdentifier]) -> String {
        let shown = identifiers.prefix(4).map(\.spi.description).joined(separator: ", ")
        return identifiers.count > 4 ? "\(shown) and \(identifiers.count - 4) more" : shown
    }
}
