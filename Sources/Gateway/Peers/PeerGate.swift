import Credentials
import ForwardingPath
import NIOCore
import NIOSSL
import NIOTLS

/// Lets nothing through until the certificate at the other end has been read and found to be one that may speak.
///
/// What handles the messages is added only then, and is told who sends them.
final class PeerGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private enum State {
        case waiting(deadline: Scheduled<Void>?)
        case open
        case shut
    }

    /// Who is at the other end; fails with a ``PeerRefusal``.
    let admitted: EventLoopFuture<NodeName>

    private let promise: EventLoopPromise<NodeName>
    private let rule: PeerRule
    private let timeout: Duration
    private let next: (NodeName) -> any ChannelHandler
    private var state = State.waiting(deadline: nil)

    /// A gate for one connection; `next` makes what handles the messages of the node that is let in.
    init(on loop: any EventLoop, rule: PeerRule, timeout: Duration, next: @escaping (NodeName) -> any ChannelHandler) {
        promise = loop.makePromise()
        admitted = promise.futureResult
        self.rule = rule
        self.timeout = timeout
        self.next = next
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let deadline = context.eventLoop.scheduleTask(in: TimeAmount(timeout)) {
            let (gate, context) = loopBound.value
            gate.refuse(.tooSlow, context)
        }
        state = .waiting(deadline: deadline)
    }

    func handlerRemoved(context: ChannelHandlerContext) { shut(.closed) }

    func channelInactive(context: ChannelHandlerContext) {
        shut(.closed)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted: identify(context)
        case let refusal as PeerRefusal: refuse(refusal, context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .open = state { context.fireChannelRead(data) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .open = state { context.fireErrorCaught(error) }
        refuse(.handshake("\(error)"), context)
    }

    private func identify(_ context: ChannelHandlerContext) {
        guard case .waiting(let deadline) = state else { return }
        do throws(PeerRefusal) {
            let node = try rule.admit(try identity(context))
            deadline?.cancel()
            state = .open
            try add(next(node), context)
            promise.succeed(node)
        } catch {
            refuse(error, context)
        }
    }

    private func identity(_ context: ChannelHandlerContext) throws(PeerRefusal) -> PeerIdentity {
        let octets: [UInt8]
        do {
            guard let certificate = try context.pipeline.syncOperations.nioSSL_peerCertificate() else {
                throw PeerRefusal.handshake("no certificate was presented")
            }
            octets = try certificate.toDERBytes()
        } catch {
            throw .handshake("\(error)")
        }
        do throws(IdentityError) {
            return try PeerIdentity(der: octets)
        } catch {
            throw .identity(error)
        }
    }

    private func add(_ handler: any ChannelHandler, _ context: ChannelHandlerContext) throws(PeerRefusal) {
        do {
            try context.pipeline.syncOperations.addHandler(handler, position: .after(self))
        } catch {
            throw .handshake("\(error)")
        }
    }

    /// Also ends a connection that was let in: after an error of TLS nothing on it can be believed.
    private func refuse(_ refusal: PeerRefusal, _ context: ChannelHandlerContext) {
        shut(refusal)
        context.close(promise: nil)
    }

    private func shut(_ refusal: PeerRefusal) {
        if case .waiting(let deadline) = state { deadline?.cancel() }
        state = .shut
        promise.fail(refusal)
    }
}
