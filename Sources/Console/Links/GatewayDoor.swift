import ConfigurationFiles
import ForwardingPath
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import NIOCore
import NIOPosix

/// Opens connections to one gateway.
struct GatewayDoor: Sendable {
    /// How long TCP, and then TLS, may take.
    static let timeout = TimeAmount.seconds(5)

    /// An open connection; its transport has to be run, which also closes it.
    struct Opened: Sendable {
        /// What gRPC talks over.
        let transport: HTTP2ClientTransport.WrappedChannel
        /// Who is at the other end by its certificate; `nil` on a UNIX socket.
        let node: NodeName?
        /// Why it broke, once it did.
        let end: ConnectionEnd
    }

    private struct Connected: Sendable {
        let channel: any Channel
        let gate: NIOLoopBound<GatewayGate>
        let admitted: EventLoopFuture<NodeName?>
    }

    /// Where the gateway is.
    let address: GatewayAddress
    /// `nil`: only a UNIX socket can be opened.
    let tls: GatewayTLS?

    /// Connects; a cancelled attempt leaves no socket behind.
    func open() async throws(RequestFailure) -> Opened {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let end = ConnectionEnd()
        let begun = loop.makePromise(of: (any Channel).self)
        defer { begun.fail(CancellationError()) }
        do {
            return try await withTaskCancellationHandler {
                try await open(on: loop, begun: begun, end: end)
            } onCancel: {
                begun.futureResult.whenSuccess { $0.close(promise: nil) }
            }
        } catch let failure as RequestFailure {
            throw failure
        } catch {
            // It may have broken just after it was open; then its end says why.
            throw end.failure ?? .unreachable("it cannot be reached: \(Self.reason(error))")
        }
    }

    private func open(
        on loop: any EventLoop, begun: EventLoopPromise<any Channel>, end: ConnectionEnd
    ) async throws -> Opened {
        let connected = try await connect(on: loop) { channel in
            channel.eventLoop.makeCompletedFuture {
                begun.succeed(channel)
                return try prepare(channel, end: end)
            }
        }
        let node = try await connected.admitted.get()
        let transport = try await Self.transport(over: connected)
        return Opened(transport: transport, node: node, end: end)
    }

    /// gRPC begins where the gate has let somebody in.
    private static func transport(over connected: Connected) async throws -> HTTP2ClientTransport.WrappedChannel {
        try await .wrapping(config: configuration) { configure in
            try await connected.channel.eventLoop.flatSubmit {
                // In one go on the event loop, so that nothing comes between.
                configure(connected.channel).flatMapThrowing { configured in
                    let gate = connected.gate.value
                    gate.release(try connected.channel.pipeline.syncOperations.context(handler: gate))
                    return configured
                }
            }.get()
        }
    }

    private func connect(
        on loop: any EventLoop, initializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Connected>
    ) async throws -> Connected {
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(Self.timeout)
        switch address {
        case .network(let endpoint):
            guard tls != nil else {
                throw RequestFailure.credential("no certificate is given: only UNIX sockets can be reached without one")
            }
            return try await bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: endpoint.host, port: Int(endpoint.port), channelInitializer: initializer)
        case .socket(let path):
            return try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: initializer)
        }
    }

    private func prepare(_ channel: any Channel, end: ConnectionEnd) throws -> Connected {
        let gate: GatewayGate
        if case .network = address, let tls {
            try channel.pipeline.syncOperations.addHandler(tls.handler())
            gate = GatewayGate(on: channel.eventLoop, hasTLS: true, end: end)
        } else {
            gate = GatewayGate(on: channel.eventLoop, hasTLS: false, end: end)
        }
        try channel.pipeline.syncOperations.addHandler(gate)
        return Connected(
            channel: channel, gate: NIOLoopBound(gate, eventLoop: channel.eventLoop), admitted: gate.admitted)
    }

    /// A gateway that vanished is known to be gone after 5 s.
    private static var configuration: HTTP2ClientTransport.WrappedChannel.Config {
        .defaults { config in
            config.http2.authority = "ferry"
            config.http2.targetWindowSize = 1 << 20
            config.connection.keepalive = HTTP2ClientTransport.Config.Keepalive(
                time: .seconds(3), timeout: .seconds(2), allowWithoutCalls: true)
            config.connection.maxIdleTime = nil
        }
    }

    /// The operating system's words where it has some.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as IOError: String(cString: strerror(error.errnoCode)).lowercased()
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first?.error {
                reason(first)
            } else {
                error.dnsAError == nil ? "it does not answer" : "the name \(error.host) is not known"
            }
        case is ChannelError: "it does not answer"
        case is CancellationError: "the attempt was given up"
        default: "\(error)"
        }
    }
}
