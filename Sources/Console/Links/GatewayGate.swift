import Credentials
import ForwardingPath
import NIOCore
import NIOSSL
import NIOTLS

/// Looks who answered before anything is said to it, holds back what comes until gRPC is there to read it, and notes
/// why the connection broke.
final class GatewayGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private enum State {
        case waiting(deadline: Scheduled<Void>?)
        case holding([ByteBuffer])
        case open
        case shut
    }

    /// Who answered, `nil` on a UNIX socket; fails with a ``RequestFailure``.
    let admitted: EventLoopFuture<NodeName?>

    private let promise: EventLoopPromise<NodeName?>
    private let end: ConnectionEnd
    private var state: State

    /// For one connection, behind TLS where there is TLS; what breaks it goes to `end`.
    init(on loop: any EventLoop, hasTLS: Bool, end: ConnectionEnd) {
        promise = loop.makePromise()
        admitted = promise.futureResult
        self.end = end
        state = hasTLS ? .waiting(deadline: nil) : .holding([])
        if !hasTLS { promise.succeed(nil) }
    }

    /// Hands on what came; from now on nothing is held back.
    func release(_ context: ChannelHandlerContext) {
        guard case .holding(let held) = state else { return }
        state = .open
        for data in held { context.fireChannelRead(wrapInboundOut(data)) }
        if !held.isEmpty { context.fireChannelReadComplete() }
    }

    func handlerAdded(context: ChannelHandlerContext) {
        guard case .waiting = state else { return }
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let deadline = context.eventLoop.scheduleTask(in: GatewayDoor.timeout) {
            let (gate, context) = loopBound.value
            gate.shut(.unreachable("the gateway accepted the connection and then said nothing"), context)
        }
        state = .waiting(deadline: deadline)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case TLSUserEvent.handshakeCompleted(let negotiated) = event else {
            return context.fireUserInboundEventTriggered(event)
        }
        do throws(RequestFailure) {
            guard negotiated == "h2" else { throw .incompatible("who answered does not speak gRPC") }
            let node = try node(context)
            stopWaiting()
            state = .holding([])
            promise.succeed(node)
        } catch {
            shut(error, context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .holding(let held): state = .holding(held + [unwrapInboundIn(data)])
        case .open: context.fireChannelRead(data)
        case .waiting, .shut: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let failure = ConnectionEnd.failure(of: error)
        if case .open = state {
            end.note(failure)
            context.fireErrorCaught(error)
        } else {
            shut(failure, context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .open = state {
            shut(.unreachable("the connection was lost"), context)
        } else {
            shut(.unreachable("the gateway closed the connection"), context)
        }
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopWaiting()
        promise.fail(end.failure ?? RequestFailure.unreachable("the connection was given up"))
    }

    private func node(_ context: ChannelHandlerContext) throws(RequestFailure) -> NodeName {
        let tls = try? context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
        guard let der = try? tls?.peerCertificate?.toDERBytes() else {
            throw .untrusted("who answered has no certificate")
        }
        do throws(IdentityError) {
            let identity = try PeerIdentity(der: der)
            guard let node = identity.node else { throw .unknownRole(identity.uri) }
            return node
        } catch {
            throw .untrusted("who answered is no gateway: \(error)")
        }
    }

    private func stopWaiting() {
        if case .waiting(let deadline) = state { deadline?.cancel() }
    }

    private func shut(_ failure: RequestFailure, _ context: ChannelHandlerContext) {
        stopWaiting()
        state = .shut
        end.note(failure)
        promise.fail(end.failure ?? failure)
        context.close(promise: nil)
    }
}
