import ContextTransfer
import ForwardingPath
import IPsec

/// What a trace tells of a message. Contexts are counted and named; nothing of theirs is told.
extension MoveMessage {
    /// Its name in traces.
    var name: String {
        switch self {
        case .query: "query"
        case .prepare: "prepare"
        case .transfer: "transfer"
        case .cancel: "cancel"
        case .inquire: "inquire"
        case .destroy: "destroy"
        case .abandon: "abandon"
        case .release: "release"
        case .answer: "answer"
        case .approved: "approved"
        case .prepared: "prepared"
        case .settled: "settled"
        case .redirected: "redirected"
        case .destroyed: "destroyed"
        case .released: "released"
        case .survey: "survey"
        case .surveyed: "surveyed"
        case .seek: "seek"
        case .found: "found"
        case .request: "request"
        case .collect: "collect"
        case .collected: "collected"
        case .quiesce: "quiesce"
        case .closed: "closed"
        case .refused: "refused"
        case .update: "update"
        case .updated: "updated"
        }
    }

    /// The message type that carries it: an abbreviation of RFC 4067, or the number of one of ours.
    var typeName: String {
        switch type {
        case .activateRequest: "CTAR"
        case .activateAcknowledge: "CTAA"
        case .transferData: "CTD"
        case .predictiveTransferData: "PCTD"
        case .transferDataReply: "CTDR"
        case .transferCancel: "CTC"
        case .transferRequest: "CT-Req"
        default: "\(type.rawValue)"
        }
    }

    /// What it holds, in words.
    var summary: String {
        switch self {
        case .query(let offer): return "can you take \(Self.list(offer.associations.map(\.name)))?"
        case .request(let request): return "lead a move of \(Self.list(request.offer.associations.map(\.name)))"
        case .prepare(let contexts): return "static: \(Self.list(contexts))"
        case .collected(let contexts): return "static: \(Self.list(contexts))"
        case .transfer(let dynamics, let elapsed):
            return "dynamic: \(Self.count(dynamics.count)), paused \(Self.milliseconds(elapsed)) ms"
        case .collect(let identifiers): return "give contexts of \(Self.count(identifiers.count))"
        case .answer(let verdicts), .prepared(let verdicts): return Self.words(verdicts)
        case .seek(let question): return "set up a path for \(Self.list(question.associations.map(\.name)))"
        case .found(_, let nodes): return nodes.map(\.text).joined(separator: ", ")
        case .surveyed(let summaries): return "has \(Self.count(summaries.count))"
        case .cancel(let reason), .abandon(let reason), .refused(let reason): return reason.description
        case .approved(let by): return "by \(by)"
        case .settled(.installed): return "in force"
        case .settled(.cancelled(let reason)): return "never in force: \(reason)"
        case .settled(.lost): return "lost"
        case .closed(let end): return "\(end)"
        case .update(let updates):
            let addresses = Set(updates.map(\.name.address.description)).sorted().joined(separator: ", ")
            return "\(Self.count(updates.count)) now end at \(addresses)"
        case .updated(let reason): return reason?.description ?? "done"
        case .inquire: return "how does it stand?"
        case .quiesce: return "take them out of service"
        case .destroy, .release, .redirected, .destroyed, .released, .survey: return ""
        }
    }

    /// With one decimal: `2.0`.
    private static func milliseconds(_ duration: Duration) -> String {
        let tenths = Int((duration / .milliseconds(1) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func words(_ verdicts: [Verdict]) -> String {
        let refusals = verdicts.compactMap(\.reason)
        guard let first = refusals.first else { return "all \(verdicts.count) accepted" }
        return "\(refusals.count) of \(verdicts.count) refused: \(first)"
    }

    private static func list(_ contexts: MoveContexts) -> String {
        list(contexts.associations.map(\.association.name))
    }

    /// Names while they are short, else how many: a line of a message's way has 30 columns for it.
    private static func list(_ names: [String]) -> String {
        let text = names.joined(separator: ", ")
        return text.count > 16 || names.contains("") ? count(names.count) : text
    }

    private static func count(_ number: Int) -> String { number == 1 ? "1 SA" : "\(number) SAs" }
}
