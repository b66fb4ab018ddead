import IPsec

/// One message of a move, its blocks decoded: the whole envelope or a part of it.
///
/// The values hold their keys as `KeyMaterial`; nothing of the octets is kept.
struct MoveFragment: Equatable, Sendable {
    let type: CXTPType
    let identity: MoveIdentity
    let previousAddress: IPAddress
    /// In milliseconds.
    let elapsed: UInt32
    let items: [MoveItem]
    /// Of the whole message in octets.
    let size: Int
    /// Of each item's block in octets.
    let itemSizes: [Int]

    /// Throws also for what RFC 4067 allows and a move does not use: a wanted reply, a token's key, a sequence number.
    init(_ octets: [UInt8]) throws(WireError) {
        let blocks: [ContextDataBlock]
        switch try CXTPMessage(decoding: octets[...]) {
        case .transferData(let data):
            guard !data.wantsReply else { throw .badValue(.flags) }
            (type, previousAddress, elapsed, blocks) = (.transferData, data.previousAddress, data.elapsed, data.blocks)
        case .predictiveTransferData(let data):
            guard !data.wantsReply else { throw .badValue(.flags) }
            guard data.algorithm == 0 else { throw .badValue(.algorithm) }
            (type, previousAddress) = (.predictiveTransferData, data.previousAddress)
            (elapsed, blocks) = (data.elapsed, data.blocks)
        case .transferRequest(let request):
            guard request.sequence == 0 else { throw .badValue(.sequence) }
            guard request.token == 0 else { throw .badValue(.token) }
            (type, previousAddress) = (.transferRequest, request.previousAddress)
            (elapsed, blocks) = (0, request.requests)
        case .extended(let message):
            (type, previousAddress, elapsed, blocks) = (message.type, message.previousAddress, 0, message.blocks)
        case .activateRequest: throw .unknownType(CXTPType.activateRequest.rawValue)
        case .activateAcknowledge: throw .unknownType(CXTPType.activateAcknowledge.rawValue)
        case .transferDataReply: throw .unknownType(CXTPType.transferDataReply.rawValue)
        case .transferCancel: throw .unknownType(CXTPType.transferCancel.rawValue)
        }
        guard let first = blocks.first else { throw .missing(.moveID) }
        guard first.feature == FeatureProfile.identity.rawValue else { throw .unexpectedBlock(first.feature) }
        identity = try MoveIdentity(first)
        var items: [MoveItem] = []
        for block in blocks.dropFirst() { items.append(try MoveItem(block)) }
        self.items = items
        itemSizes = blocks.dropFirst().map(\.size)
        size = octets.count
    }
}
