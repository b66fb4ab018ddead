import ForwardingPath
import Logging
import NIOCore

/// Hands on the messages of one authenticated node; closes the connection when it is not CXTP that comes.
final class MessageReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let node: NodeName
    private let timeout: Duration
    private let logger: Logger
    private let deliver: (HeldMessage) -> Void
    private var framing = MessageFraming()
    private var deadline: Scheduled<Void>?
    private var isBroken = false

    /// For the connection of `node`; `timeout` is how long one message may take.
    init(from node: NodeName, timeout: Duration, logger: Logger, deliver: @escaping (HeldMessage) -> Void) {
        self.node = node
        self.timeout = timeout
        self.logger = logger
        self.deliver = deliver
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isBroken else { return }
        framing.append(unwrapInboundIn(data))
        do throws(FramingError) {
            while let message = try framing.next().map(HeldMessage.init) {
                stopWaiting()
                deliver(message)
            }
        } catch {
            return stop(error.description, context)
        }
        if framing.held == 0 {
            stopWaiting()
        } else if deadline == nil {
            startWaiting(context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        logger.debug("A router's connection broke", metadata: ["peer": "\(node)", "reason": "\(error)"])
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopWaiting()
        framing.wipe()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stopWaiting() }

    /// From the first octet of the message, so that one octet now and then does not keep it.
    private func startWaiting(_ context: ChannelHandlerContext) {
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: TimeAmount(timeout)) {
            let (reader, context) = loopBound.value
            reader.stop("a message was begun and not ended in time", context)
        }
    }

    private func stopWaiting() {
        deadline?.cancel()
        deadline = nil
    }

    private func stop(_ reason: String, _ context: ChannelHandlerContext) {
        isBroken = true
        stopWaiting()
        framing.wipe()
        logger.warning("Closed a router's connection", metadata: ["peer": "\(node)", "reason": "\(reason)"])
        context.close(promise: nil)
    }
}
