import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import Logging

extension RouterDaemon {
    /// Shows an event to those who watch and writes it in the audit trail, before it returns unless that may be a little later.
    func report(
        _ kind: EventKind, by actor: String = "", action: String, associations: [String] = [], move: MoveID? = nil,
        command: String = "", text: String, isWrittenLater: Bool = false
    ) async {
        // Numbered and shown at once: what comes later is later also where the disk is slow, and an alarm is seen also
        // where the disk is full.
        lastEvent += 1
        let event = ReportedEvent(
            number: lastEvent, clock: .now, kind: kind, actor: actor, action: action, associations: associations,
            move: move, command: command, text: text)
        events.append(event)
        if events.count > Self.eventLimit { events.removeFirst(events.count - Self.eventLimit) }
        unwritten.append(event)
        logger.log(
            level: kind == .alarm || kind == .renegotiation ? .warning : .info, "Event",
            metadata: ["action": "\(action)", "text": "\(text)", "actor": "\(actor)"])
        if isWrittenLater { writingWanted.yield() } else { await writeEvents() }
    }

    /// Writes in the audit trail what is not there yet; returns when all is there.
    func writeEvents() async {
        let (before, events) = (lastWriting, unwritten)
        unwritten = []
        // In their order: who reads some has all before them.
        let writing = Task { [journal, logger] in
            await before?.value
            guard !events.isEmpty else { return }
            do { try await journal.keep(events) } catch {
                logger.error("Cannot write the audit trail", metadata: ["reason": "\(error)"])
            }
        }
        lastWriting = writing
        await writing.value
    }

    /// What a move does meanwhile is done by then: packets wait for it, and for the disk's notes of it.
    private static let writingDelay = Duration.milliseconds(20)

    /// Writes what may be written later, all at a time; what it does not come to, the daemon writes at its end.
    func writeEventsLater() async {
        for await _ in writing {
            do { try await Task.sleep(for: Self.writingDelay) } catch { return }
            await writeEvents()
        }
    }

    /// What an operator should know of what a party did.
    func report(_ event: MoveEvent) async {
        guard let words = Words(event, at: node) else { return }
        let id = event.move.id
        await report(
            words.kind, action: words.action, associations: ledger[id]?.names ?? [], move: id, command: words.command,
            text: words.text, isWrittenLater: true)
    }

    /// Takes in what the stack tells: an SA that ended moves no more.
    func listenToStack() async {
        for await event in stack.events {
            cache = nil
            await report(event)
            let identifier: SAIdentifier
            switch event {
            case .softLifetimeReached(let dying):
                await softLifetimeReached(dying)
                continue
            case .ended(let ended, _): identifier = ended
            case .wanted: continue
            }
            await renew(identifier)
            do { try await moves.associationsChanged([identifier], .expired) } catch {
                logger.error("Cannot write the journal", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// What an operator should know of an SA's life.
    func report(_ event: StackEvent) async {
        switch event {
        case .softLifetimeReached(let identifier):
            await report(
                .renegotiation, action: "renegotiate", associations: [identifier.spi.description],
                text: "\(identifier.spi) at \(node) reached its soft lifetime: renegotiation was asked for")
        case .ended(let identifier, let reason):
            await report(
                .alarm, action: "end", associations: [identifier.spi.description],
                text: "\(identifier.spi) ended at \(node): \(reason.text)")
        case .wanted(let source, let destination):
            await report(
                .log, action: "acquire",
                text:
                    "a packet at \(node) needs an SA from \(source) to \(destination): key management was asked for one"
            )
        }
    }
}

/// How the audit trail tells a move's event.
private struct Words {
    let kind: EventKind
    let action: String
    let text: String
    var command = ""

    /// `nil` for what an operator need not know.
    init?(_ event: MoveEvent, at node: NodeName) {
        switch event.kind {
        case .renegotiationNeeded(let identifiers, let reason):
            let text = "\(Self.list(identifiers)) ended at \(node), and renegotiation was asked for: \(reason)"
            (kind, action, self.text) = (.renegotiation, "renegotiate", text)
        case .missing(let identifiers):
            let text = "\(Self.list(identifiers)) had to be at \(node), and are not"
            (kind, action, self.text) = (.alarm, "restart", text)
        case .failed(let words):
            (kind, action, text) = (.alarm, "fail", "\(node) cannot go on as \(event.key.role.name): \(words)")
        case .installed(let identifiers):
            (kind, action, text) = (.log, "install", "\(Self.list(identifiers)) came into force at \(node)")
        case .quiesced(let identifiers):
            (kind, action, text) = (.log, "quiesce", "\(Self.list(identifiers)) went out of service at \(node)")
        case .resumed(let identifiers):
            (kind, action, text) = (.log, "resume", "\(Self.list(identifiers)) are back in force at \(node)")
        case .released(let identifiers):
            (kind, action, text) = (.log, "release", "\(Self.list(identifiers)) and their keys are gone from \(node)")
        case .updated(let updates):
            let list = Self.list(updates.map(\.identifier))
            let names = Set(updates.map { "\($0.name.address)" }).sorted().joined(separator: ", ")
            (kind, action, text) = (.log, "update", "\(node) was told that the gateway of \(list) is at \(names) now")
        case .stands(.awaitingApproval(let missing)) where missing.contains(event.key.role):
            (kind, action, text) = (.audit, "ask", "the move waits for an operator at \(node)")
            command = "ferry approve \(event.move.id)"
        case .stands(.over(let outcome)) where event.key.role == .source:
            let end = outcome.reason.map { "the move ended \(outcome.name): \($0)" } ?? "the move is completed"
            (kind, action, text) = (outcome == .completed ? .log : .alarm, outcome.name, end)
        case .about, .entered, .stands: return nil
        }
    }

    private static func list(_ identifiers: [SAIdentifier]) -> String {
        let shown = identifiers.prefix(4).map(\.spi.description).joined(separator: ", ")
        return identifiers.count > 4 ? "\(shown) and \(identifiers.count - 4) more" : shown
    }
}
