import ForwardingPath
import IPsec

/// The wire form of what the parties of a move say: a type of message and the values of its blocks.
///
/// | message | type | blocks after the identity |
/// |---|---|---|
/// | query, request | 16 | one query, the order's terms, an offer for each SA |
/// | prepare, collected | 4 PCTD | for each SA its static context and then its policies; a profile; the order's terms |
/// | transfer | 3 CTD | a dynamic context for each SA |
/// | answer, prepared | 17, 19 | a verdict for each SA |
/// | collect | 7 CT-Req | an identifier for each SA |
/// | survey | 14 | none |
/// | surveyed | 15 | for each SA an offer and its origin |
/// | seek | 31 | a path; for each SA an offer, its origin and its place; profiles |
/// | found | 31 | a path |
/// | cancel, refused, abandon | 22, 30, 24 | a reason |
/// | approved | 18 | an approver |
/// | settled | 20 | a settlement |
/// | closed | 29 | a holder end |
/// | update | 12 | an update for each SA |
/// | updated | 13 | a reason, where it was refused |
/// | all others | 21, 23–28 | none |
extension MoveMessage {
    /// The type of the messages that carry it.
    package var type: CXTPType {
        switch self {
        case .query, .request: .query
        case .prepare, .collected: .predictiveTransferData
        case .transfer: .transferData
        case .cancel: .cancel
        case .inquire: .inquire
        case .destroy: .destroy
        case .abandon: .destroy
        case .survey: .survey
        case .surveyed: .surveyed
        case .seek, .found: .path
        case .release: .release
        case .answer: .answer
        case .approved: .approved
        case .prepared: .prepared
        case .settled: .settled
        case .redirected: .redirected
        case .destroyed: .destroyed
        case .released: .released
        case .collect: .transferRequest
        case .quiesce: .quiesce
        case .closed: .closed
        case .refused: .refused
        case .update: .update
        case .updated: .updated
        }
    }

    func items(subject: MoveSubject) throws(WireError) -> [MoveItem] {
        switch self {
        case .query(let offer): return try Self.items(offer, lead: nil, subject: subject)
        case .request(let request):
            let lead = QueryBlock.Lead(approval: request.approval, stepping: request.stepping)
            return try Self.items(request.offer, lead: lead, subject: subject)
        case .prepare(let contexts), .collected(let contexts):
            return try Self.items(contexts)
        case .transfer(let dynamics, elapsed: _):
            return try Self.indexed(dynamics) { .dynamic(DynamicContextBlock(index: $0, dynamic: $1)) }
        case .answer(let verdicts), .prepared(let verdicts):
            return try Self.indexed(verdicts) { .verdict($0, $1) }
        case .collect(let identifiers): return try Self.indexed(identifiers) { .identifier($0, $1) }
        case .cancel(let reason), .refused(let reason), .abandon(let reason): return [.reason(reason)]
        case .approved(let by): return [.approver(by)]
        case .settled(let settlement): return [.settlement(settlement)]
        case .closed(let end): return [.end(end)]
        case .update(let updates): return try Self.indexed(updates) { .update($0, $1) }
        case .updated(let reason): return reason.map { [.reason($0)] } ?? []
        case .inquire, .destroy, .release, .redirected, .destroyed, .released, .quiesce, .survey: return []
        case .surveyed(let summaries): return try Self.items(summaries)
        case .seek(let question): return try Self.items(question)
        case .found(let plane, let nodes): return [.path(PathBlock(plane: plane, nodes: nodes, isAnswer: true))]
        }
    }

    private static func items(
        _ offer: MoveOffer, lead: QueryBlock.Lead?, subject: MoveSubject
    ) throws(WireError) -> [MoveItem] {
        let query = QueryBlock(
            requestedBy: offer.requestedBy, needsApproval: offer.needsApproval,
            subject: offer.subject == subject ? nil : offer.subject, lead: lead, group: offer.group,
            identity: offer.identity, drain: offer.drain)
        return [.query(query)] + terms(offer.spiConflict)
            + (try indexed(offer.associations) { .offer(OfferBlock(index: $0, offer: $1)) })
    }

    private static func items(_ summaries: [AssociationSummary]) throws(WireError) -> [MoveItem] {
        var items: [MoveItem] = []
        for (position, summary) in summaries.enumerated() {
            let index = try index(position)
            items.append(.offer(OfferBlock(index: index, offer: summary.offer)))
            items.append(.origin(OriginBlock(index: index, summary)))
        }
        return items
    }

    private static func items(_ question: PathQuestion) throws(WireError) -> [MoveItem] {
        var items: [MoveItem] = [
            .path(PathBlock(plane: question.plane, nodes: question.previous, isAnswer: false))
        ]
        for (position, known) in question.associations.enumerated() {
            let index = try index(position)
            items.append(.offer(OfferBlock(index: index, offer: known.summary.offer)))
            items.append(.origin(OriginBlock(index: index, known.summary)))
            items.append(.place(PlaceBlock(index: index, known)))
        }
        return items + question.profiles.map { .profile($0) }
    }

    private static func items(_ contexts: MoveContexts) throws(WireError) -> [MoveItem] {
        var items: [MoveItem] = []
        for (position, context) in contexts.associations.enumerated() {
            let index = try index(position)
            items.append(.association(StaticContextBlock(index: index, association: context.association)))
            for policy in context.policies { items.append(.policy(PolicyBlock(index: index, policy: policy))) }
        }
        if let profile = contexts.profile { items.append(.profile(profile)) }
        return items + terms(contexts.spiConflict)
    }

    private static func terms(_ policy: SPIConflictPolicy?) -> [MoveItem] { policy.map { [.terms($0)] } ?? [] }

    private static func indexed<Value>(
        _ values: [Value], _ item: (UInt16, Value) -> MoveItem
    ) throws(WireError) -> [MoveItem] {
        var items: [MoveItem] = []
        for (position, value) in values.enumerated() { items.append(item(try index(position), value)) }
        return items
    }

    private static func index(_ position: Int) throws(WireError) -> UInt16 {
        guard let index = UInt16(exactly: position) else { throw .tooMany(.associations, limit: 65_536) }
        return index
    }
}
