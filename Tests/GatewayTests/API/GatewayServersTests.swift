import Credentials
import FakeGateways
import ForwardingPath
import Gateway
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@Suite("The API's servers", .timeLimit(.minutes(1)))
struct GatewayServersTests {
    private let pki: Pki

    init() throws {
        pki = try Pki(for: Network(nodes: [Node(name: "A", role: .securityGateway)]), named: "test")
    }

    private func servers(port: UInt16 = 0, log: Logbook = Logbook()) throws -> GatewayServers {
        try GatewayServers(
            operations: FakeGateway(), credential: pki.router("A"), authority: pki.authority.certificatePEM,
            tcp: Endpoint(host: "127.0.0.1", port: port), socketPath: nil, logger: log.logger)
    }

    private func serving<Result: Sendable>(
        _ servers: GatewayServers, body: (UInt16) async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await servers.run() }
            let port = try #require(try await servers.boundPort)
            let result = try await body(port)
            group.cancelAll()
            return result
        }
    }

    /// Tells whether the other end said anything before it closed.
    private final class FirstWord: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let heard: EventLoopPromise<Bool>

        init(on loop: any EventLoop) { heard = loop.makePromise() }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { heard.succeed(true) }
        func channelInactive(context: ChannelHandlerContext) { heard.succeed(false) }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    /// Speaks TLS, up to that version, with that credential; tells whether a server of HTTP/2 speaks to it.
    private func call(
        _ port: UInt16, _ credential: Credential?, version: TLSVersion = .tlsv13
    ) async throws -> (channel: any Channel, isHeard: Bool) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.maximumTLSVersion = version
        configuration.certificateVerification = .none
        configuration.applicationProtocols = ["h2"]
        if let credential {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(credential.certificatePEM.utf8))
                .map { .certificate($0) }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(bytes: Array(credential.keyPEM.utf8), format: .pem))
        }
        let context = try NIOSSLContext(configuration: configuration)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let heard = loop.makePromise(of: Bool.self)
        let channel = try await ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let word = FirstWord(on: channel.eventLoop)
                    word.heard.futureResult.cascade(to: heard)
                    try channel.pipeline.syncOperations.addHandlers(
                        NIOSSLClientHandler(context: context, serverHostname: nil), word)
                }
            }
            .connect(host: "127.0.0.1", port: Int(port)).get()
        channel.writeAndFlush(ByteBuffer(string: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), promise: nil)
        return (channel, try await heard.futureResult.get())
    }

    /// Returns when the other side has closed.
    private func knock(_ port: UInt16, _ credential: Credential?, version: TLSVersion = .tlsv13) async throws {
        let (channel, isHeard) = try await call(port, credential, version: version)
        #expect(!isHeard)
        try await channel.closeFuture.get()
    }

    @Test("a new authority counts for new connections, those that are open go on, and nonsense changes nothing")
    func renewed() async throws {
        let other = try Pki(for: Network(nodes: [Node(name: "A", role: .securityGateway)]), named: "other")
        let (log, credential) = (Logbook(), try #require(other.router("A")))
        let servers = try servers(log: log)
        try await serving(servers) { port in
            let open = try await call(port, pki.operator)
            #expect(open.isHeard)
            #expect(throws: GatewayServersError.self) { try servers.renew(credential, authority: "nonsense") }
            let same = try await call(port, pki.operator)
            #expect(same.isHeard)
            try servers.renew(credential, authority: other.authority.certificatePEM)
            try await knock(port, pki.operator)
            #expect(await log.first(containing: "CERTIFICATE_VERIFY_FAILED") != nil)
            let new = try await call(port, other.operator)
            #expect(new.isHeard)
            #expect(open.channel.isActive && same.channel.isActive)
            for channel in [open.channel, same.channel, new.channel] { channel.close(promise: nil) }
        }
    }

    @Test("TLS 1.2 is refused, also with an operator's certificate")
    func oldVersion() async throws {
        let log = Logbook()
        try await serving(try servers(log: log)) { port in
            try await knock(port, pki.operator, version: .tlsv12)
            #expect(await log.first(containing: "UNSUPPORTED_PROTOCOL") != nil)
        }
    }

    @Test("a caller without a certificate is refused before it can say anything")
    func anonymous() async throws {
        let log = Logbook()
        try await serving(try servers(log: log)) { port in
            try await knock(port, nil)
            #expect(await log.first(containing: "PEER_DID_NOT_RETURN_A_CERTIFICATE") != nil)
        }
    }

    @Test("what is not TLS is refused")
    func plain() async throws {
        let log = Logbook()
        try await serving(try servers(log: log)) { port in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: Int(port)).get()
            channel.writeAndFlush(ByteBuffer(string: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), promise: nil)
            try await channel.closeFuture.get()
            #expect(await log.first(containing: "TLS failed") != nil)
        }
    }

    @Test("of too many connections that say nothing the oldest goes, and others are served")
    func flood() async throws {
        try await serving(try servers()) { port in
            var silent: [any Channel] = []
            for _ in 0..<65 {
                silent.append(
                    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                        .connect(host: "127.0.0.1", port: Int(port)).get())
            }
            try await silent[0].closeFuture.get()
            for channel in silent { channel.close(promise: nil) }
        }
    }

    @Test("a port that is taken is told, with the system's words")
    func taken() async throws {
        try await serving(try servers()) { port in
            let second = try servers(port: port)
            do {
                try await second.run()
                #expect(Bool(false), "it runs")
            } catch GatewayServersError.cannotListen(let endpoint, let reason) {
                #expect(endpoint.port == port)
                #expect(reason.contains("Address already in use"))
            }
            await #expect(throws: GatewayServersError.notListening) { try await second.boundPort }
        }
    }

    @Test("servers that are stopped before they began do not begin")
    func never() async throws {
        let servers = try servers()
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask { try? await servers.run() }
        }
        await #expect(throws: GatewayServersError.notListening) { try await servers.boundPort }
    }

    @Test("a daemon that serves no console runs all the same, until it is stopped")
    func nobody() async throws {
        let servers = try GatewayServers(
            operations: FakeGateway(), credential: nil, authority: nil, tcp: nil, socketPath: nil,
            logger: Logger(label: "test"))
        let first = try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask {
                try await servers.run()
                return "the servers"
            }
            group.addTask {
                #expect(try await servers.boundPort == nil)
                try await Task.sleep(for: .milliseconds(50))
                return "the wait"
            }
            let first = try await group.next()
            group.cancelAll()
            return first
        }
        #expect(first == "the wait")
    }

    @Test("an authority that is no certificate is refused")
    func unusable() throws {
        #expect(throws: GatewayServersError.self) {
            try GatewayServers(
                operations: FakeGateway(), credential: pki.router("A"), authority: "nonsense",
                tcp: Endpoint(host: "127.0.0.1", port: 0), socketPath: nil, logger: Logbook().logger)
        }
    }
}
