import IPsec

/// A message of the Context Transfer Protocol (RFC 4067 section 2.5), or one of our experimental extensions.
package enum CXTPMessage: Equatable, Sendable {
    /// CTAR, type 1.
    case activateRequest(ActivateRequest)
    /// CTAA, type 2.
    case activateAcknowledge(ActivateAcknowledge)
    /// CTD, type 3.
    case transferData(TransferData)
    /// PCTD, type 4.
    case predictiveTransferData(PredictiveTransferData)
    /// CTDR, type 5.
    case transferDataReply(TransferDataReply)
    /// CTC, type 6.
    case transferCancel(TransferCancel)
    /// CT-Req, type 7.
    case transferRequest(TransferRequest)
    /// The types from 8 on.
    case extended(ExtensionMessage)

    /// The message that the octets are, all of them. Blocks are views of the octets: no context is copied.
    package init(decoding octets: ArraySlice<UInt8>) throws(WireError) {
        var reader = OctetReader(octets)
        let header = try CXTPHeader(&reader)
        guard Int(header.length) == octets.count else {
            throw .badLength(stated: Int(header.length), actual: octets.count)
        }
        switch header.type {
        case .activateRequest: self = .activateRequest(try ActivateRequest(header, &reader))
        case .activateAcknowledge: self = .activateAcknowledge(try ActivateAcknowledge(header, &reader))
        case .transferData: self = .transferData(try TransferData(header, &reader))
        case .predictiveTransferData: self = .predictiveTransferData(try PredictiveTransferData(header, &reader))
        case .transferDataReply: self = .transferDataReply(try TransferDataReply(header, &reader))
        case .transferCancel: self = .transferCancel(try TransferCancel(header, &reader))
        case .transferRequest: self = .transferRequest(try TransferRequest(header, &reader))
        case .keyShare, .keyAgreement, .keyUse, .renewal, .update, .updated, .survey, .surveyed, .query, .answer,
            .approved, .prepared, .settled, .redirected, .cancel, .inquire, .destroy, .destroyed,
            .release, .released, .quiesce, .closed, .refused, .path:
            self = .extended(try ExtensionMessage(header, &reader))
        }
        try reader.finish()
    }

    /// The octets of the message; throws ``WireError/messageTooLarge(octets:)`` beyond 65,535 of them.
    package func encoded() throws(WireError) -> [UInt8] {
        // Room for all of it at once: growing would leave copies of keys behind.
        let size = self.size
        guard size <= UInt16.max else { throw .messageTooLarge(octets: size) }
        var writer = OctetWriter(capacity: size)
        header(length: UInt16(size)).write(to: &writer)
        switch self {
        case .activateRequest(let message): message.write(to: &writer)
        case .activateAcknowledge(let message): message.write(to: &writer)
        case .transferData(let message): message.write(to: &writer)
        case .predictiveTransferData(let message): try message.write(to: &writer)
        case .transferDataReply(let message): message.write(to: &writer)
        case .transferCancel(let message): message.write(to: &writer)
        case .transferRequest(let message): message.write(to: &writer)
        case .extended(let message): message.write(to: &writer)
        }
        return writer.octets
    }

    private func header(length: UInt16) -> CXTPHeader {
        switch self {
        case .activateRequest(let message):
            CXTPHeader(
                type: .activateRequest, family: message.family, flag: message.wantsAcknowledgement, length: length)
        case .activateAcknowledge(let message):
            CXTPHeader(type: .activateAcknowledge, family: message.previousAddress.family, length: length)
        case .transferData(let message):
            CXTPHeader(
                type: .transferData, family: message.previousAddress.family, flag: message.wantsReply, length: length)
        case .predictiveTransferData(let message):
            CXTPHeader(
                type: .predictiveTransferData, family: message.previousAddress.family, flag: message.wantsReply,
                length: length)
        case .transferDataReply(let message):
            CXTPHeader(
                type: .transferDataReply, family: message.previousAddress.family, flag: message.isSuccess,
                length: length)
        case .transferCancel(let message):
            CXTPHeader(type: .transferCancel, family: message.previousAddress.family, length: length)
        case .transferRequest(let message):
            CXTPHeader(type: .transferRequest, family: message.previousAddress.family, length: length)
        case .extended(let message):
            CXTPHeader(type: message.type, family: message.previousAddress.family, length: length)
        }
    }

    /// In octets, the header included.
    var size: Int {
        switch self {
        case .activateRequest(let message):
            CXTPHeader.size + 2 * message.family.octets + 8 + size(of: message.requests)
        case .activateAcknowledge(let message):
            CXTPHeader.size + message.previousAddress.family.octets + 4 * message.failures.count
        case .transferData(let message):
            CXTPHeader.size + 4 + message.previousAddress.family.octets + size(of: message.blocks)
        case .predictiveTransferData(let message):
            CXTPHeader.size + 8 + message.previousAddress.family.octets + message.key.count + size(of: message.blocks)
        case .transferDataReply(let message):
            CXTPHeader.size + message.previousAddress.family.octets + 4 * message.statuses.count
        case .transferCancel(let message):
            CXTPHeader.size + message.previousAddress.family.octets
        case .transferRequest(let message):
            CXTPHeader.size + message.previousAddress.family.octets + 8 + size(of: message.requests)
        case .extended(let message):
            CXTPHeader.size + message.previousAddress.family.octets + size(of: message.blocks)
        }
    }

    private func size(of blocks: [ContextDataBlock]) -> Int { blocks.reduce(0) { $0 + $1.size } }
}
