import Logging
import NIOCore
import NIOTLS

/// Closes a connection that does not finish its handshake in time; gRPC would wait for ever.
final class CallerGate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// How long the handshake may take.
    static let timeout = TimeAmount.seconds(10)

    private enum State {
        case waiting(deadline: Scheduled<Void>?)
        case open
        case shut
    }

    private let strangers: Strangers
    private let logger: Logger
    private var state = State.waiting(deadline: nil)

    /// For one connection, behind TLS and before everything else.
    init(strangers: Strangers, logger: Logger) { (self.strangers, self.logger) = (strangers, logger) }

    func handlerAdded(context: ChannelHandlerContext) {
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let deadline = context.eventLoop.scheduleTask(in: Self.timeout) {
            let (gate, context) = loopBound.value
            gate.shut("it did not authenticate in time", context)
        }
        state = .waiting(deadline: deadline)
        strangers.enter(context.channel)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case TLSUserEvent.handshakeCompleted = event else {
            return context.fireUserInboundEventTriggered(event)
        }
        stopWaiting(context)
        state = .open
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .open = state else { return }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .waiting = state { return shut("TLS failed: \(error)", context) }
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopWaiting(context)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stopWaiting(context) }

    private func stopWaiting(_ context: ChannelHandlerContext) {
        guard case .waiting(let deadline) = state else { return }
        deadline?.cancel()
        strangers.leave(context.channel)
    }

    private func shut(_ reason: String, _ context: ChannelHandlerContext) {
        stopWaiting(context)
        state = .shut
        let address = context.remoteAddress.map { "\($0)" } ?? "unknown"
        logger.warning("Refused a connection", metadata: ["reason": "\(reason)", "address": "\(address)"])
        context.close(promise: nil)
    }
}
