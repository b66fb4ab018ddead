import ContextTransfer
import IPsec

/// Messages of RFC 4067 that moves do not use, or do not use so.
extension RandomMoves {
    static let plainMessageCount = 6

    mutating func word() -> UInt32 { UInt32(truncatingIfNeeded: generator.next()) }

    mutating func blocks() throws -> [ContextDataBlock] {
        var blocks: [ContextDataBlock] = []
        for _ in 0..<below(4) {
            switch below(4) {
            case 0:
                let code = (0..<AuthorizationBlock.codeSize).map { _ in UInt8(below(256)) }
                blocks.append(try AuthorizationBlock(code: code, realm: realm()).encoded())
            case 1: blocks.append(try SubjectBlock(realm: realm()).encoded())
            default:
                let data = list(40) { UInt8($0.below(256)) }
                blocks.append(
                    try ContextDataBlock(feature: port(), presence: maybe() ? word() : nil, data: data[...]))
            }
        }
        return blocks
    }

    /// A message of the `kind`-th form.
    mutating func plainMessage(_ kind: Int) throws -> CXTPMessage {
        let statuses = list(4) { FeatureStatus(feature: $0.port(), code: UInt8($0.below(256))) }
        switch kind {
        case 0:
            return .activateRequest(
                ActivateRequest(
                    wantsAcknowledgement: maybe(), previousAddress: address(), routerAddress: address(),
                    sequence: word(), token: word(), requests: try blocks()))
        case 1: return .activateAcknowledge(ActivateAcknowledge(previousAddress: address(), failures: statuses))
        case 2:
            return .predictiveTransferData(
                PredictiveTransferData(
                    wantsReply: maybe(), elapsed: word(), previousAddress: address(), algorithm: 1,
                    key: KeyMaterial(octets: (0...below(40)).map { _ in UInt8(below(256)) }), blocks: try blocks()))
        case 3:
            return .transferDataReply(
                TransferDataReply(isSuccess: maybe(), previousAddress: address(), statuses: statuses))
        case 4: return .transferCancel(TransferCancel(previousAddress: address()))
        default:
            return .transferRequest(
                TransferRequest(
                    previousAddress: address(), sequence: word(), token: word(), requests: try blocks()))
        }
    }

    static let octetsCount = messageCount + plainMessageCount + exchangeCount + renewalCount

    /// A message of a move, of RFC 4067 alone or of a negotiation, each in its turn.
    mutating func octets(_ round: Int) throws -> [UInt8] {
        let kind = round % Self.octetsCount
        guard kind >= Self.messageCount else { return try envelope(kind).encoded()[0] }
        let place = kind - Self.messageCount
        guard place >= Self.plainMessageCount else { return try plainMessage(place).encoded() }
        let rest = place - Self.plainMessageCount
        return rest < Self.exchangeCount
            ? try exchange(rest).encoded() : try renewal(rest - Self.exchangeCount).encoded()
    }

    /// Changes a message at one place.
    mutating func change(_ octets: inout [UInt8]) throws {
        guard !octets.isEmpty else { return octets.append(0) }
        let place = below(octets.count)
        switch below(8) {
        case 0: octets[place] ^= 1 << UInt8(below(8))
        case 1: octets[place] = UInt8(below(256))
        case 2: octets[place] = pick([0, 1, 0x7f, 0x80, 0xff])
        case 3: octets.removeSubrange(place..<min(octets.count, place + 1 + below(8)))
        case 4: octets.insert(contentsOf: repeatElement(0, count: 1 + below(8)), at: place)
        case 5: octets.append(contentsOf: octets[place...].prefix(64))
        case 6: octets[place] &+= pick([1, 0xff])
        default:
            // The end of another message.
            let other = try self.octets(below(Self.octetsCount))
            octets.replaceSubrange(place..., with: other[min(place, other.count)...])
        }
        // Mostly with the right length, so that what is inside is read.
        guard octets.count >= 4, below(8) > 0 else { return }
        octets[2] = UInt8(truncatingIfNeeded: octets.count >> 8)
        octets[3] = UInt8(truncatingIfNeeded: octets.count)
    }
}
