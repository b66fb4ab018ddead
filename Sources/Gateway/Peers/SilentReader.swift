import ForwardingPath
import Logging
import NIOCore

/// The reading side of a dialled connection, on which the other side has nothing to say.
final class SilentReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let node: NodeName
    private let logger: Logger
    private var isBroken = false

    /// For the connection to `node`.
    init(from node: NodeName, logger: Logger) {
        self.node = node
        self.logger = logger
    }

    /// The other side refused our certificate, which TLS 1.3 tells only after the handshake, or the connection broke.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        logger.info("Lost a link to a router", metadata: ["peer": "\(node)", "reason": "\(error)"])
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isBroken else { return }
        isBroken = true
        logger.warning(
            "Closed a connection to a router",
            metadata: ["peer": "\(node)", "reason": "it spoke where only we do"])
        context.close(promise: nil)
    }
}
