import ContextTransfer
import ForwardingPath
import IPsec
import Logging

/// Puts envelopes on the links.
struct Post: Sendable {
    let node: NodeName
    let links: PeerLinks
    let sent: SentOctets
    let trace: @Sendable (SentMessage) -> Void
    let logger: Logger

    /// Sends what is said to negotiate keys.
    func send(_ message: KeyExchangeMessage) {
        guard let receiver = NodeName(message.receiver) else { return }
        do throws(WireError) {
            links.send(try message.encoded(), to: receiver)
        } catch {
            logger.error("Cannot send", metadata: ["peer": "\(receiver)", "reason": "\(error)"])
        }
    }

    /// Sends the messages that carry the envelope; what cannot be written on the wire is logged and lost.
    func send(_ envelope: MoveEnvelope, to receiver: NodeName) {
        do throws(WireError) {
            let contextOctets = try envelope.contextOctets()
            var messages = try envelope.encoded()
            let octets = messages.reduce(0) { $0 + $1.count }
            sent.add(octets, for: envelope.id)
            trace(
                SentMessage(
                    id: envelope.id, from: node, to: receiver, messages: messages.count, octets: octets,
                    staticContexts: envelope.message.staticContextCount,
                    dynamicContexts: envelope.message.dynamicContextCount, contextOctets: contextOctets))
            // The queue's copy is the only one left, and overwritten once it is on the wire.
            while !messages.isEmpty { links.send(messages.removeFirst(), to: receiver) }
        } catch {
            logger.error(
                "Cannot send", metadata: ["peer": "\(receiver)", "move": "\(envelope.id)", "reason": "\(error)"])
        }
    }
}

extension MoveMessage {
    fileprivate var staticContextCount: Int {
        switch self {
        case .prepare(let contexts), .collected(let contexts): contexts.associations.count
        default: 0
        }
    }

    fileprivate var dynamicContextCount: Int {
        if case .transfer(let dynamics, _) = self { dynamics.count } else { 0 }
    }
}
