import ForwardingPath
import IPsec

/// The wire form of what a holder and a taker say where SAs are negotiated anew: type 11, the previous address 0.0.0.0, since
/// the SAs name themselves.
///
/// | content | blocks after the renewal's |
/// |---|---|
/// | survey | an offer for each SA |
/// | surveyed | the abilities, a verdict for each SA |
/// | order | the task, for each SA its template and then its policies, the profile |
/// | ready, forwarding, renewed, ended, renew | an identifier for each SA |
/// | succession | two identifiers for each SA, of the new one and of the old one |
/// | takeOver | a child for each |
/// | left, done | none |
/// | refused | a reason |
extension RenewalMessage {
    private static var address: IPAddress { IPAddress(v4: 0, 0, 0, 0) }

    /// Whether a message of these octets is one, as its type says.
    package static func isType(of octets: [UInt8]) -> Bool {
        octets.first.flatMap { CXTPType(rawValue: $0 & 0x1f) } == .renewal
    }

    /// The message that the octets are, all of them.
    package init(decoding octets: [UInt8]) throws(WireError) {
        guard case .extended(let message) = try CXTPMessage(decoding: octets[...]), message.type == .renewal else {
            throw .unknownType(octets[0] & 0x1f)
        }
        guard message.previousAddress == Self.address else { throw .badValue(.address) }
        guard let first = message.blocks.first else { throw .missing(.moveID) }
        let identity = try RenewalIdentity(first)
        let content = try Self.content(identity.kind, message.blocks.dropFirst())
        self.init(id: identity.id, sender: identity.sender, receiver: identity.receiver, content: content)
    }

    /// The octets of the message; throws ``WireError/messageTooLarge(octets:)`` beyond 65,535 of them.
    package func encoded() throws(WireError) -> [UInt8] {
        var blocks = [try RenewalIdentity(self).encoded()]
        switch content {
        case .survey(let offers):
            for (index, offer) in try Self.indexed(offers) {
                blocks.append(try OfferBlock(index: index, offer: offer).encoded())
            }
        case .surveyed(let word):
            blocks.append(try word.encoded())
            for (index, verdict) in try Self.indexed(word.verdicts) {
                blocks.append(try MoveItem.verdict(index, verdict).encoded())
            }
        case .order(let task):
            blocks.append(try RenewalTaskBlock(peer: task.peer, onlyUpgrades: task.onlyUpgrades).encoded())
            for (index, template) in try Self.indexed(task.associations) {
                blocks.append(try TemplateBlock(index: index, template: template).encoded())
                for policy in task.policies[Int(index)] {
                    blocks.append(try PolicyBlock(index: index, policy: policy).encoded())
                }
            }
            blocks.append(try task.profile.encoded())
        case .ready(let identifiers), .forwarding(let identifiers), .renewed(let identifiers), .ended(let identifiers),
            .renew(let identifiers):
            for (index, identifier) in try Self.indexed(identifiers) {
                blocks.append(try MoveItem.identifier(index, identifier).encoded())
            }
        case .refused(let reason): blocks.append(try MoveItem.reason(reason).encoded())
        case .succession(let successions):
            for (index, identifier) in try Self.indexed(successions.flatMap { [$0.new, $0.old] }) {
                blocks.append(try MoveItem.identifier(index, identifier).encoded())
            }
        case .takeOver(let children):
            for (index, child) in try Self.indexed(children) {
                blocks.append(try ChildBlock(index: index, child: child).encoded())
            }
        case .left, .done: break
        }
        return try CXTPMessage.extended(
            ExtensionMessage(.renewal, previousAddress: Self.address, blocks: blocks)
        ).encoded()
    }

    private static func content(
        _ kind: RenewalIdentity.Kind, _ blocks: ArraySlice<ContextDataBlock>
    ) throws(WireError) -> Content {
        switch kind {
        case .survey:
            return .survey(
                try each(blocks) { (block) throws(WireError) -> (UInt16, AssociationOffer) in
                    guard case .offer(let offer) = try MoveItem(block) else { throw .unexpectedBlock(block.feature) }
                    return (offer.index, offer.offer)
                })
        case .surveyed:
            guard let first = blocks.first else { throw .missing(.suite) }
            let verdicts = try each(blocks.dropFirst()) { (block) throws(WireError) -> (UInt16, Verdict) in
                guard case .verdict(let index, let verdict) = try MoveItem(block) else {
                    throw .unexpectedBlock(block.feature)
                }
                return (index, verdict)
            }
            return .surveyed(try TakerWord(first, verdicts: verdicts))
        case .order: return .order(try task(blocks))
        case .ready: return .ready(try identifiers(blocks))
        case .renewed: return .renewed(try identifiers(blocks))
        case .forwarding: return .forwarding(try identifiers(blocks))
        case .refused:
            guard let first = blocks.first else { throw .missing(.reason) }
            guard blocks.count == 1, case .reason(let reason) = try MoveItem(first) else {
                throw .unexpectedBlock(first.feature)
            }
            return .refused(reason)
        case .succession:
            let all = try identifiers(blocks)
            guard all.count % 2 == 0 else { throw .missing(.spi) }
            return .succession(
                stride(from: 0, to: all.count, by: 2).map { Succession(new: all[$0], old: all[$0 + 1]) })
        case .ended: return .ended(try identifiers(blocks))
        case .renew: return .renew(try identifiers(blocks))
        case .takeOver:
            return .takeOver(
                try each(blocks) { (block) throws(WireError) -> (UInt16, ConfiguredChild) in
                    let child = try ChildBlock(block)
                    return (child.index, child.child)
                })
        case .left, .done:
            if let stray = blocks.first { throw .unexpectedBlock(stray.feature) }
            return kind == .left ? .left : .done
        }
    }

    private static func task(_ blocks: ArraySlice<ContextDataBlock>) throws(WireError) -> RenewalTask {
        guard let first = blocks.first, let last = blocks.last, blocks.count > 1 else { throw .missing(.user) }
        let head = try RenewalTaskBlock(first)
        guard case .profile(let profile) = try MoveItem(last) else { throw .unexpectedBlock(last.feature) }
        var templates: [AssociationTemplate] = []
        var policies: [[Policy]] = []
        for block in blocks.dropFirst().dropLast() {
            if block.feature == FeatureProfile.template.rawValue {
                let next = try TemplateBlock(block)
                guard Int(next.index) == templates.count else { throw .badValue(.index) }
                templates.append(next.template)
                policies.append([])
            } else {
                guard case .policy(let next) = try MoveItem(block) else { throw .unexpectedBlock(block.feature) }
                guard Int(next.index) == templates.count - 1 else { throw .badValue(.index) }
                policies[Int(next.index)].append(next.policy)
            }
        }
        return RenewalTask(
            peer: head.peer, associations: templates, policies: policies, profile: profile,
            onlyUpgrades: head.onlyUpgrades)
    }

    private static func identifiers(_ blocks: ArraySlice<ContextDataBlock>) throws(WireError) -> [SAIdentifier] {
        try each(blocks) { (block) throws(WireError) -> (UInt16, SAIdentifier) in
            guard case .identifier(let index, let identifier) = try MoveItem(block) else {
                throw .unexpectedBlock(block.feature)
            }
            return (index, identifier)
        }
    }

    /// The values of blocks of one kind, whose indices count up from 0.
    private static func each<Value>(
        _ blocks: ArraySlice<ContextDataBlock>, _ read: (ContextDataBlock) throws(WireError) -> (UInt16, Value)
    ) throws(WireError) -> [Value] {
        var values: [Value] = []
        for block in blocks {
            let (index, value) = try read(block)
            guard Int(index) == values.count else { throw .badValue(.index) }
            values.append(value)
        }
        return values
    }

    private static func indexed<Value>(_ values: [Value]) throws(WireError) -> [(UInt16, Value)] {
        guard values.count <= Int(UInt16.max) else { throw .tooMany(.associations, limit: Int(UInt16.max)) }
        return values.enumerated().map { (UInt16($0), $1) }
    }
}
