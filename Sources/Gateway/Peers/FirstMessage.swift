import ContextTransfer
import ForwardingPath
import IPsec

/// Who speaks on a link without certificates: what the first message on a connection says of itself.
enum FirstMessage {
    /// The sender that a message names; `nil` for those of RFC 4067 that belong to no move (CTAR, CTAA, CTDR and the CT-Req
    /// of a new router): they name none.
    static func speaker(of message: [UInt8]) throws(WireError) -> NodeName? {
        if KeyExchangeMessage.isType(of: message) { return NodeName(try KeyExchangeMessage(decoding: message).sender) }
        if RenewalMessage.isType(of: message) { return try RenewalMessage(decoding: message).sender }
        return try MoveIdentity.senderName(of: message)
    }

    /// What is said before a message that names no sender: that a negotiation which nobody knows came to nothing. It has no
    /// effect but to name both nodes.
    static func greeting(from sender: NodeName, to receiver: NodeName, before message: [UInt8]) -> [UInt8]? {
        if (try? speaker(of: message)) != nil { return nil }
        return try? KeyExchangeMessage(
            id: KeyExchangeID(upper: 0, lower: 0), sender: sender.text, receiver: receiver.text,
            content: .refused(.unknownExchange)
        ).encoded()
    }
}
