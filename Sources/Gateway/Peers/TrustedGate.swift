import ContextTransfer
import IPsec
import ForwardingPath
import NIOCore

/// On a trusted network: lets nothing through until it is known who speaks, which the first message says of itself.
///
/// Who dials knows whom it dialled. What handles the messages is added only then, and is told who sends them.
final class TrustedGate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private enum State {
        /// What came so far.
        case waiting(ByteBuffer, deadline: Scheduled<Void>?)
        case open
        case shut
    }

    /// Who is at the other end; fails with a ``PeerRefusal``.
    let admitted: EventLoopFuture<NodeName>

    private let promise: EventLoopPromise<NodeName>
    private let network: TrustedNetwork
    private let rule: PeerRule
    private let timeout: Duration
    private let next: (NodeName) -> any ChannelHandler
    private var state = State.waiting(ByteBuffer(), deadline: nil)

    init(
        on loop: any EventLoop, network: TrustedNetwork, rule: PeerRule, timeout: Duration,
        next: @escaping (NodeName) -> any ChannelHandler
    ) {
        promise = loop.makePromise()
        admitted = promise.futureResult
        (self.network, self.rule, self.timeout, self.next) = (network, rule, timeout, next)
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        guard network.contains(context.channel.remoteAddress) else {
            return refuse(.untrusted("\(context.channel.remoteAddress.map { "\($0)" } ?? "nowhere")"), context)
        }
        if case .exactly(let node) = rule { open(for: node, context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        shut(.closed)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .open: context.fireChannelRead(data)
        case .shut: break
        case .waiting(var held, let deadline):
            held.writeImmutableBuffer(unwrapInboundIn(data))
            state = .waiting(held, deadline: deadline)
            do {
                guard let node = try Self.sender(of: held) else { return }
                open(for: try rule.admit(node), context)
            } catch let refusal as PeerRefusal {
                refuse(refusal, context)
            } catch {
                refuse(.handshake("what came is no message of a router: \(error)"), context)
            }
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { shut(.closed) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .open = state { context.fireErrorCaught(error) }
        refuse(.handshake("\(error)"), context)
    }

    /// Who says that it sends the first message; `nil` while that is not whole.
    private static func sender(of held: ByteBuffer) throws -> NodeName? {
        // The framing overwrites what it reads: it gets a copy of its own.
        var framing = MessageFraming()
        framing.append(ByteBuffer(bytes: held.readableBytesView))
        defer { framing.wipe() }
        guard let message = try framing.next() else { return nil }
        defer { HeldMessage(message).read { _ in } }
        return try FirstMessage.speaker(of: message)
    }

    private func open(for node: NodeName, _ context: ChannelHandlerContext) {
        guard case .waiting(let held, let deadline) = state else { return }
        deadline?.cancel()
        state = .open
        do {
            try context.pipeline.syncOperations.addHandler(next(node), position: .after(self))
        } catch {
            return refuse(.handshake("\(error)"), context)
        }
        promise.succeed(node)
        if held.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(held)) }
    }

    private func refuse(_ refusal: PeerRefusal, _ context: ChannelHandlerContext) {
        shut(refusal)
        context.close(promise: nil)
    }

    private func shut(_ refusal: PeerRefusal) {
        if case .waiting(let held, let deadline) = state {
            deadline?.cancel()
            held.overwrite()
        }
        state = .shut
        promise.fail(refusal)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let deadline = context.eventLoop.scheduleTask(in: TimeAmount(timeout)) {
            let (gate, context) = loopBound.value
            gate.refuse(.tooSlow, context)
        }
        state = .waiting(ByteBuffer(), deadline: deadline)
    }
}
