import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import Logging

/// Puts envelopes on the links.
struct Post: Sendable {
    let node: NodeName
    let links: PeerLinks
    let sent: SentOctets
    let trace: @Sendable (SentMessage) -> Void
    let log: TraceLog
    let logger: Logger

    /// Sends what is said to negotiate keys.
    func send(_ message: KeyExchangeMessage) {
        guard let receiver = NodeName(message.receiver) else { return }
        do throws(WireError) {
            let octets = try message.encoded()
            let id = MoveID(UInt128(message.id.upper) << 64 | UInt128(message.id.lower))
            trace(octets.count, id, to: receiver)
            links.send(octets, to: receiver)
        } catch {
            logger.error("Cannot send", metadata: ["peer": "\(receiver)", "reason": "\(error)"])
        }
    }

    private func trace(_ octets: Int, _ id: MoveID, to receiver: NodeName, isForPlan: Bool = false) {
        trace(
            SentMessage(
                id: id, from: node, to: receiver, messages: 1, octets: octets, staticContexts: 0, dynamicContexts: 0,
                contextOctets: 0, isForPlan: isForPlan))
    }

    /// Sends what is said where SAs are negotiated anew.
    func send(_ message: RenewalMessage) {
        do throws(WireError) {
            let octets = try message.encoded()
            if !message.content.isBeforeMoves { sent.add(octets.count, for: message.id) }
            trace(octets.count, message.id, to: message.receiver, isForPlan: message.content.isBeforeMoves)
            links.send(octets, to: message.receiver)
        } catch {
            logger.error("Cannot send", metadata: ["peer": "\(message.receiver)", "reason": "\(error)"])
        }
    }

    /// Sends the messages that carry the envelope; what cannot be written on the wire is logged and lost.
    func send(_ envelope: MoveEnvelope, to receiver: NodeName) {
        do throws(WireError) {
            var (messages, contextOctets) = try envelope.written()
            let octets = messages.reduce(0) { $0 + $1.count }
            if !envelope.message.isBeforeMoves { sent.add(octets, for: envelope.id) }
            trace(
                SentMessage(
                    id: envelope.id, from: node, to: receiver, messages: messages.count, octets: octets,
                    staticContexts: envelope.message.staticContextCount,
                    dynamicContexts: envelope.message.dynamicContextCount, contextOctets: contextOctets,
                    isForPlan: envelope.message.isBeforeMoves))
            log.take(
                TracedMessage(
                    envelope, isSent: true, from: node, to: receiver, octets: octets, messages: messages.count))
            // The queue's copy is the only one left, and overwritten once it is on the wire.
            while !messages.isEmpty { links.send(messages.removeFirst(), to: receiver) }
        } catch {
            logger.error(
                "Cannot send", metadata: ["peer": "\(receiver)", "move": "\(envelope.id)", "reason": "\(error)"])
        }
    }
}

extension RenewalMessage.Content {
    /// Whether it belongs to a plan, and to no move.
    fileprivate var isBeforeMoves: Bool {
        switch self {
        case .survey, .surveyed: true
        case .order, .ready, .forwarding, .renewed, .refused, .succession, .ended, .renew, .takeOver, .left, .done:
            false
        }
    }
}

extension MoveMessage {
    /// Whether it belongs to a plan, and to no move.
    fileprivate var isBeforeMoves: Bool {
        switch self {
        case .survey, .surveyed: true
        default: false
        }
    }

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
