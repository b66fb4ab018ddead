import ContextTransfer
import ForwardingPath
import IPsec

/// The fields that the dissector has to show for messages, by name, with their values in the order of the messages.
struct ShownFields {
    private(set) var values: [String: [String]] = [:]

    mutating func add(_ name: String, _ value: some CustomStringConvertible) {
        let text = value.description
        // tshark does not tell an empty text from none.
        if !text.isEmpty { values["cxtp." + name, default: []].append(text) }
    }

    mutating func add(_ name: String, _ flag: Bool) { add(name, flag ? 1 : 0) }

    /// A text with its control characters as the dissector shows them.
    mutating func add(text: String, _ name: String) {
        add(name, text.replacing("\u{0}", with: "^@").replacing("\n", with: "^J"))
    }

    mutating func add(_ name: String, _ address: IPAddress) {
        add(name + (address.family == .v4 ? ".ipv4" : ".ipv6"), address.description)
    }

    mutating func add<Value: Equatable & CustomStringConvertible>(_ name: String, _ value: Value, absent: Value) {
        if value != absent { add(name, value) }
    }

    /// One message of the envelope; `part` where it has several.
    mutating func add(_ envelope: MoveEnvelope, part: MovePart? = nil, isFirst: Bool = true) {
        add("previous_address", envelope.subject.address)
        add("move", envelope.id.description)
        add("sender", envelope.sender.rawValue)
        add("receiver", envelope.receiver.rawValue)
        add("route.holder", envelope.route.holder.text)
        add("route.source", envelope.route.source.text)
        add("route.target", envelope.route.target.text)
        add("route.taker", envelope.route.taker.text)
        add(text: envelope.subject.realm.name, "realm")
        if let part {
            add("part.number", part.number)
            add("part.last", part.isLast)
        }
        if let mobile = envelope.route.mobile { add("route.mobile", mobile.text) }
        if isFirst { add(envelope.message, subject: envelope.subject) }
    }

    private mutating func add(_ message: MoveMessage, subject: MoveSubject) {
        switch message {
        case .query(let offer): add(offer, subject: subject)
        case .request(let request):
            add(request.offer, subject: subject)
            let policies: [ApprovalPolicy?] = [nil, .automatic, .source, .target, .both]
            add("query.lead.approval", policies.firstIndex(of: request.approval) ?? -1)
            add("query.lead.stepping", request.stepping)
        case .prepare(let contexts):
            let purpose = (contexts.redirectsWhenAsked ? 2 : 0, contexts.identity == .direct)
            switch purpose {
            case (let number, false): add("purpose", number, absent: 0)
            case (let number, true): add("purpose", 3 + number / 2)
            }
            add(contexts)
        case .collected(let contexts):
            add("purpose", 1)
            add(contexts)
        case .transfer(let dynamics, let elapsed):
            add("elapsed", elapsed.inMilliseconds)
            for (index, dynamic) in dynamics.enumerated() {
                add("index", index)
                add(dynamic)
            }
        case .cancel(let reason), .refused(let reason), .abandon(let reason): add(reason)
        case .seek(let question): add(question)
        case .found(let plane, let nodes):
            add(plane, nodes)
            add("path.found", 1)
        case .surveyed(let summaries):
            for (index, summary) in summaries.enumerated() {
                add(summary, index)
            }
        case .answer(let verdicts), .prepared(let verdicts):
            for (index, verdict) in verdicts.enumerated() {
                add("index", index)
                if let reason = verdict.reason { add(reason) }
                if let name = verdict.name { add(name) }
            }
        case .update(let updates):
            for (index, update) in updates.enumerated() {
                add("index", index)
                add(update.identifier)
                add(update.name)
                add("update.order", update.order)
            }
        case .updated(let reason): if let reason { add(reason) }
        case .approved(let by): add(text: by, "approver")
        case .settled(.installed): add("settlement", 1)
        case .settled(.cancelled(let reason)):
            add("settlement", 2)
            add(reason)
        case .settled(.lost): add("settlement", 3)
        case .closed(let end): add("end", end.rawValue)
        case .collect(let identifiers):
            for (index, identifier) in identifiers.enumerated() {
                add("index", index)
                add(identifier)
            }
        case .inquire, .destroy, .release, .redirected, .destroyed, .released, .quiesce, .survey: break
        }
    }

    mutating func add(_ offer: MoveOffer, subject: MoveSubject) {
        add(text: offer.requestedBy, "query.user")
        if offer.needsApproval { add("query.approval_needed", 1) }
        if offer.subject != subject {
            add("query.subject", offer.subject.address)
            add(text: offer.subject.realm.name, "query.subject.realm")
        }
        if let group = offer.group { add("query.group", group.description) }
        if offer.identity == .direct { add("query.direct", 1) }
        if let drain = offer.drain { add("query.drain", drain.description) }
        if let policy = offer.spiConflict { add(policy) }
        for (index, association) in offer.associations.enumerated() {
            add("index", index)
            add(association)
        }
    }

    mutating func add(_ policy: SPIConflictPolicy) {
        add("terms.spi_conflict", (SPIConflictPolicy.allCases.firstIndex(of: policy) ?? -1) + 1)
    }

    mutating func add(_ association: AssociationOffer) {
        add(association.identifier)
        add(association.suite)
        add("sa.mode", association.mode.rawValue, absent: ProtocolMode.tunnel.rawValue)
        if association.extendedSequenceNumbers { add("sa.esn", 1) }
        add("sa.window", association.replayWindowSize ?? 0, absent: 64)
        add(text: association.name, "sa.name")
        if let foreign = association.suite.foreign { add(text: foreign.name, "sa.foreign_suite") }
    }

    private mutating func add(_ contexts: MoveContexts) {
        for (index, context) in contexts.associations.enumerated() {
            add("index", index)
            add(context.association)
            for policy in context.policies {
                add("index", index)
                add(policy)
            }
        }
        if let profile = contexts.profile { add(profile) }
        if let policy = contexts.spiConflict { add(policy) }
    }

    mutating func add(_ profile: UserProfile) {
        add(text: profile.user, "profile.user")
        if !profile.suites.isEmpty { add("count", profile.suites.count) }
        for suite in profile.suites { add(suite) }
        guard profile.modes != ProtocolMode.standard else { return }
        add("count", profile.modes.count)
        for mode in profile.modes { add("profile.mode", mode.rawValue) }
    }

    private mutating func add(_ dynamic: DynamicAttributes) {
        add("dynamic.last_sent", dynamic.lastSent.value)
        if let window = dynamic.window {
            let count = (window.bitmap.lastIndex { $0 != 0 } ?? -1) + 1
            add("dynamic.window", window.size)
            add("dynamic.window.highest", window.highest.value)
            add("count", count)
            for word in window.bitmap.prefix(count) { add("dynamic.window.word", word.inHex) }
        }
        add("dynamic.age", dynamic.use.age.inMilliseconds, absent: 0)
        add("dynamic.bytes", dynamic.use.bytes, absent: 0)
        add("dynamic.packets", dynamic.use.packets, absent: 0)
        if let pathMTU = dynamic.pathMTU {
            add("dynamic.path_mtu", pathMTU.octets)
            add("dynamic.path_mtu.age", pathMTU.age.inMilliseconds)
        }
        add("dynamic.renamings", dynamic.renamings, absent: 0)
        add("dynamic.installs", dynamic.installs, absent: 1)
    }

    mutating func add(_ reason: MoveReason) {
        let code: Int
        switch reason {
        case .spiInUse: code = 1
        case .unsupported(let what): (code, _) = (2, add(text: what, "reason.text"))
        case .noCapacity: code = 3
        case .noAssociation: code = 4
        case .associationChanged: code = 5
        case .expired: code = 6
        case .notApproved(let by): (code, _) = (7, add(text: by, "reason.text"))
        case .aborted(let by): (code, _) = (8, add(text: by, "reason.text"))
        case .timeout(let role): (code, _) = (9, add("reason.role", role.rawValue))
        case .restarted(let role): (code, _) = (10, add("reason.role", role.rawValue))
        case .unknownMove: code = 11
        case .busy: code = 12
        case .groupFailed: code = 24
        case .policyInUse(let packets): (code, _) = (25, add(text: packets, "reason.text"))
        case .outdated: code = 19
        case .notAuthorized: code = 20
        case .failure(let words): (code, _) = (13, add(text: words, "reason.text"))
        }
        add("reason", code)
    }
}

extension UInt32 {
    var inHex: String {
        let digits = String(self, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}

extension Duration {
    var inMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
