import ForwardingPath
import IPsec

extension MoveMessage {
    /// The message of a type and its blocks' values, which must be in the order that the encoder writes them.
    init(
        _ type: CXTPType, purpose: MoveIdentity.Purpose, elapsed: UInt32, items: [MoveItem], subject: MoveSubject
    ) throws(WireError) {
        guard purpose == .prepare || type == .predictiveTransferData else { throw .badValue(.purpose) }
        guard elapsed == 0 || type == .transferData else { throw .badValue(.elapsed) }
        switch type {
        case .query: self = try Self.question(items, subject: subject)
        case .predictiveTransferData:
            var contexts = try Self.contexts(items)
            (contexts.redirectsWhenAsked, contexts.identity) = (purpose.redirectsWhenAsked, purpose.identity)
            self = purpose == .collected ? .collected(contexts) : .prepare(contexts)
        case .transferData:
            let dynamics = try Self.indexed(items[...]) { (item) -> (UInt16, DynamicAttributes)? in
                if case .dynamic(let block) = item { (block.index, block.dynamic) } else { nil }
            }
            self = .transfer(dynamics, elapsed: .milliseconds(Int64(elapsed)))
        case .answer: self = .answer(try Self.verdicts(items))
        case .prepared: self = .prepared(try Self.verdicts(items))
        case .transferRequest:
            self = .collect(
                try Self.indexed(items[...]) { (item) -> (UInt16, SAIdentifier)? in
                    if case .identifier(let index, let identifier) = item { (index, identifier) } else { nil }
                })
        case .cancel: self = .cancel(try Self.only(items, .reason) { $0.reason })
        case .refused: self = .refused(try Self.only(items, .reason) { $0.reason })
        case .approved:
            self = .approved(by: try Self.only(items, .user) { if case .approver(let name) = $0 { name } else { nil } })
        case .settled:
            self = .settled(try Self.only(items, .settlement) { if case .settlement(let s) = $0 { s } else { nil } })
        case .closed: self = .closed(try Self.only(items, .end) { if case .end(let end) = $0 { end } else { nil } })
        case .update:
            self = .update(
                try Self.indexed(items[...]) { (item) -> (UInt16, GatewayUpdate)? in
                    if case .update(let index, let update) = item { (index, update) } else { nil }
                })
        case .updated: self = .updated(items.isEmpty ? nil : try Self.only(items, .reason) { $0.reason })
        case .inquire: self = try Self.bare(.inquire, items)
        case .destroy:
            self = items.isEmpty ? .destroy : .abandon(try Self.only(items, .reason) { $0.reason })
        case .survey: self = try Self.bare(.survey, items)
        case .surveyed: self = .surveyed(try Self.summaries(items))
        case .path: self = try Self.path(items)
        case .release: self = try Self.bare(.release, items)
        case .redirected: self = try Self.bare(.redirected, items)
        case .destroyed: self = try Self.bare(.destroyed, items)
        case .released: self = try Self.bare(.released, items)
        case .quiesce: self = try Self.bare(.quiesce, items)
        case .activateRequest, .activateAcknowledge, .transferDataReply, .transferCancel, .keyShare, .keyAgreement,
            .keyUse, .renewal:
            throw .unknownType(type.rawValue)
        }
    }

    private static func question(_ items: [MoveItem], subject: MoveSubject) throws(WireError) -> MoveMessage {
        guard let first = items.first else { throw .missing(.user) }
        guard case .query(let query) = first else { throw .unexpectedBlock(first.feature.rawValue) }
        guard query.subject != subject else { throw .notCanonical(.subject) }
        var rest = items.dropFirst()
        var policy: SPIConflictPolicy?
        if case .terms(let said)? = rest.first {
            policy = said
            rest = rest.dropFirst()
        }
        let offers = try indexed(rest) { (item) -> (UInt16, AssociationOffer)? in
            if case .offer(let block) = item { (block.index, block.offer) } else { nil }
        }
        var offer = MoveOffer(
            subject: query.subject ?? subject, associations: offers, needsApproval: query.needsApproval,
            requestedBy: query.requestedBy, group: query.group)
        (offer.identity, offer.spiConflict) = (query.identity, policy)
        offer.drain = query.drain
        guard let lead = query.lead else { return .query(offer) }
        return .request(MoveRequest(offer: offer, approval: lead.approval, stepping: lead.stepping))
    }

    /// An offer and an origin for each SA, whose indices count up from 0.
    private static func summaries(_ items: [MoveItem]) throws(WireError) -> [AssociationSummary] {
        var summaries: [AssociationSummary] = []
        var rest = items[...]
        while let first = rest.popFirst() { summaries.append(try summary(first, &rest, index: summaries.count)) }
        return summaries
    }

    /// The summary that begins with an item, the offer, and goes on with the next.
    private static func summary(
        _ first: MoveItem, _ rest: inout ArraySlice<MoveItem>, index: Int
    ) throws(WireError) -> AssociationSummary {
        guard case .offer(let offer) = first else { throw .unexpectedBlock(first.feature.rawValue) }
        guard let second = rest.popFirst() else { throw .missing(.address) }
        guard case .origin(let origin) = second else { throw .unexpectedBlock(second.feature.rawValue) }
        guard Int(offer.index) == index, origin.index == offer.index else { throw .badValue(.index) }
        return origin.summary(offer.offer)
    }

    private static func path(_ items: [MoveItem]) throws(WireError) -> MoveMessage {
        guard let first = items.first else { throw .missing(.plane) }
        guard case .path(let path) = first else { throw .unexpectedBlock(first.feature.rawValue) }
        var rest = items.dropFirst()
        if path.isAnswer {
            if let stray = rest.first { throw .unexpectedBlock(stray.feature.rawValue) }
            return .found(path.plane, path.nodes)
        }
        var question = PathQuestion(plane: path.plane, previous: path.nodes)
        while let item = rest.popFirst() {
            if case .profile(let profile) = item {
                question.profiles.append(profile)
                continue
            }
            // Nothing but profiles comes after a profile.
            guard question.profiles.isEmpty else { throw .unexpectedBlock(item.feature.rawValue) }
            let summary = try summary(item, &rest, index: question.associations.count)
            guard let last = rest.popFirst() else { throw .missing(.nodeName) }
            guard case .place(let place) = last else { throw .unexpectedBlock(last.feature.rawValue) }
            guard Int(place.index) == question.associations.count else { throw .badValue(.index) }
            question.associations.append(place.known(summary))
        }
        return .seek(question)
    }

    private static func contexts(_ items: [MoveItem]) throws(WireError) -> MoveContexts {
        var contexts = MoveContexts(associations: [])
        for item in items {
            // Nothing comes after the terms, and only they after the profile.
            let isTerms = if case .terms = item { true } else { false }
            guard contexts.spiConflict == nil, isTerms || contexts.profile == nil else {
                throw .unexpectedBlock(item.feature.rawValue)
            }
            switch item {
            case .association(let block):
                guard Int(block.index) == contexts.associations.count else { throw .badValue(.index) }
                contexts.associations.append(AssociationContext(association: block.association, policies: []))
            case .policy(let block):
                guard Int(block.index) == contexts.associations.count - 1 else { throw .badValue(.index) }
                contexts.associations[Int(block.index)].policies.append(block.policy)
            case .profile(let profile): contexts.profile = profile
            case .terms(let policy): contexts.spiConflict = policy
            case .dynamic, .query, .offer, .origin, .path, .place, .verdict, .identifier, .reason, .settlement, .end,
                .approver, .update:
                throw .unexpectedBlock(item.feature.rawValue)
            }
        }
        return contexts
    }

    private static func verdicts(_ items: [MoveItem]) throws(WireError) -> [Verdict] {
        try indexed(items[...]) { (item) -> (UInt16, Verdict)? in
            if case .verdict(let index, let verdict) = item { (index, verdict) } else { nil }
        }
    }

    /// The values of items of one kind, whose indices count up from 0.
    private static func indexed<Value>(
        _ items: ArraySlice<MoveItem>, _ value: (MoveItem) -> (UInt16, Value)?
    ) throws(WireError) -> [Value] {
        var values: [Value] = []
        for item in items {
            guard let (index, value) = value(item) else { throw .unexpectedBlock(item.feature.rawValue) }
            guard Int(index) == values.count else { throw .badValue(.index) }
            values.append(value)
        }
        return values
    }

    private static func only<Value>(
        _ items: [MoveItem], _ field: WireField, _ value: (MoveItem) -> Value?
    ) throws(WireError) -> Value {
        guard let first = items.first else { throw .missing(field) }
        guard items.count == 1, let value = value(first) else {
            throw .unexpectedBlock(items[items.count - 1].feature.rawValue)
        }
        return value
    }

    private static func bare(_ message: MoveMessage, _ items: [MoveItem]) throws(WireError) -> MoveMessage {
        if let first = items.first { throw .unexpectedBlock(first.feature.rawValue) }
        return message
    }
}

extension MoveItem {
    fileprivate var reason: MoveReason? { if case .reason(let reason) = self { reason } else { nil } }
}
