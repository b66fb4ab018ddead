package import IPsec

/// The wire form of what two ends say to negotiate keys. It belongs to no move, so that the previous address in it is
/// 0.0.0.0.
///
/// | content | type | blocks after the exchange's |
/// |---|---|---|
/// | hello, share | 8 | a key share; in hello an identifier for each SA |
/// | proposal, choice | 9 | the suites of each SA, a confirmation |
/// | in use, used too, refused | 10 | none |
extension KeyExchangeMessage {
    /// The length of a confirmation in octets.
    static let confirmationOctets = 32

    private static var address: IPAddress { IPAddress(v4: 0, 0, 0, 0) }

    /// Whether a message of these octets is one, as its type says.
    package static func isType(of octets: [UInt8]) -> Bool {
        switch octets.first.flatMap({ CXTPType(rawValue: $0 & 0x1f) }) {
        case .keyShare, .keyAgreement, .keyUse: true
        default: false
        }
    }

    /// The message that the octets are, all of them.
    package init(decoding octets: [UInt8]) throws(WireError) {
        guard case .extended(let message) = try CXTPMessage(decoding: octets[...]) else {
            throw .unknownType(octets[0] & 0x1f)
        }
        guard message.previousAddress == Self.address else { throw .badValue(.address) }
        guard let first = message.blocks.first else { throw .missing(.exchange) }
        let identity = try ExchangeIdentity(first)
        let content = try Self.content(message.type, identity, message.blocks.dropFirst())
        self.init(id: identity.id, sender: identity.sender, receiver: identity.receiver, content: content)
    }

    /// The octets of the message.
    package func encoded() throws(WireError) -> [UInt8] {
        var blocks = [try ExchangeIdentity(self).encoded()]
        let type: CXTPType
        switch content {
        case .hello(let identifiers, let share):
            type = .keyShare
            blocks.append(try share.encoded())
            for (index, identifier) in try Self.indexed(identifiers) {
                blocks.append(try MoveItem.identifier(index, identifier).encoded())
            }
        case .share(let share):
            type = .keyShare
            blocks.append(try share.encoded())
        case .proposal(let proposals, let confirmation):
            type = .keyAgreement
            for (index, proposal) in try Self.indexed(proposals) {
                blocks.append(
                    try SuitesBlock(index: index, suites: proposal.suites, spi: proposal.spi).encoded())
            }
            blocks.append(try Self.block(confirmation))
        case .choice(let choices, let confirmation):
            type = .keyAgreement
            for (index, choice) in try Self.indexed(choices) {
                blocks.append(try SuitesBlock(index: index, suites: [choice.suite], spi: choice.spi).encoded())
            }
            blocks.append(try Self.block(confirmation))
        case .inUse, .usedToo, .refused: type = .keyUse
        }
        return try CXTPMessage.extended(
            ExtensionMessage(type, previousAddress: Self.address, blocks: blocks)
        ).encoded()
    }

    private static func content(
        _ type: CXTPType, _ identity: ExchangeIdentity, _ blocks: ArraySlice<ContextDataBlock>
    ) throws(WireError) -> Content {
        switch (type, identity.kind) {
        case (.keyShare, .request):
            guard let first = blocks.first else { throw .missing(.publicKey) }
            return .hello(try identifiers(blocks.dropFirst()), try KeyShare(first))
        case (.keyShare, .reply):
            guard let first = blocks.first, blocks.count == 1 else { throw .missing(.publicKey) }
            return .share(try KeyShare(first))
        case (.keyAgreement, .request):
            let (suites, confirmation) = try agreement(blocks)
            return .proposal(
                suites.map { AssociationProposal(suites: $0.suites, spi: $0.spi) }, confirmation: confirmation)
        case (.keyAgreement, .reply):
            let (suites, confirmation) = try agreement(blocks)
            var choices: [AssociationChoice] = []
            for block in suites {
                guard let suite = block.suites.first, block.suites.count == 1 else { throw .badValue(.suite) }
                choices.append(AssociationChoice(suite: suite, spi: block.spi))
            }
            return .choice(choices, confirmation: confirmation)
        case (.keyUse, let kind):
            if let stray = blocks.first { throw .unexpectedBlock(stray.feature) }
            return switch (kind, identity.failure) {
            case (_, let failure?): .refused(failure)
            case (.reply, nil): .usedToo
            case (.request, nil), (.refusal, nil): .inUse
            }
        case (.keyShare, .refusal), (.keyAgreement, .refusal): throw .badValue(.purpose)
        default: throw .unknownType(type.rawValue)
        }
    }

    private static func identifiers(_ blocks: ArraySlice<ContextDataBlock>) throws(WireError) -> [SAIdentifier] {
        var identifiers: [SAIdentifier] = []
        for block in blocks {
            guard case .identifier(let index, let identifier) = try MoveItem(block) else {
                throw .unexpectedBlock(block.feature)
            }
            guard Int(index) == identifiers.count else { throw .badValue(.index) }
            identifiers.append(identifier)
        }
        return identifiers
    }

    private static func agreement(
        _ blocks: ArraySlice<ContextDataBlock>
    ) throws(WireError) -> ([SuitesBlock], confirmation: [UInt8]) {
        guard let last = blocks.last else { throw .missing(.confirmation) }
        guard last.feature == FeatureProfile.confirmation.rawValue else { throw .unexpectedBlock(last.feature) }
        var fields = try BlockReader(last)
        let confirmation = try fields.required(.confirmation) { (r) throws(WireError) in
            Array(try r.octets(confirmationOctets))
        }
        try fields.finish()
        var suites: [SuitesBlock] = []
        for block in blocks.dropLast() {
            let next = try SuitesBlock(block)
            guard Int(next.index) == suites.count else { throw .badValue(.index) }
            suites.append(next)
        }
        return (suites, confirmation)
    }

    private static func block(_ confirmation: [UInt8]) throws(WireError) -> ContextDataBlock {
        guard confirmation.count == confirmationOctets else { throw .badValue(.confirmation) }
        var fields = BlockWriter(.confirmation)
        try fields.field { (w) throws(WireError) in w.append(contentsOf: confirmation) }
        return try fields.block()
    }

    private static func indexed<Value>(_ values: [Value]) throws(WireError) -> [(UInt16, Value)] {
        guard values.count <= Int(UInt16.max) else { throw .tooMany(.associations, limit: Int(UInt16.max)) }
        return values.enumerated().map { (UInt16($0), $1) }
    }
}
