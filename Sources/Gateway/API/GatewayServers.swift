package import Credentials
package import ForwardingPath
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import GatewayAPI
package import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// The gateway's API, served: over mutual TLS to consoles elsewhere, and over a UNIX socket to those on this machine.
///
/// ``run()`` owns every socket. When it is cancelled, those who watch are told that the gateway stops, other calls may
/// end within ``grace``, and then all is closed.
package final class GatewayServers: Sendable {
    /// How long calls may take to end once the servers stop.
    package static let grace = Duration.seconds(2)

    private typealias Server = GRPCServer<HTTP2ServerTransport.Posix>

    private let operations: any GatewayOperations
    private let security: HTTP2ServerTransport.Posix.TransportSecurity?
    /// What connections that begin now are secured by; `nil` without TCP.
    private let tls: Current<NIOSSLContext>?
    private let tcp: ForwardingPath.Endpoint?
    private let socketPath: String?
    private let backlog: Int
    private let logger: Logger
    private let listening: EventLoopPromise<UInt16?>

    /// Servers that have not been started.
    ///
    /// - Parameters:
    ///   - operations: What they serve.
    ///   - credential: Of this router; needed for `tcp`.
    ///   - authority: What callers' certificates are checked by, in PEM; needed for `tcp`.
    ///   - tcp: Where to listen for consoles elsewhere; `nil` for nowhere.
    ///   - socketPath: The UNIX socket for consoles on this machine; `nil` for none.
    ///   - backlog: What may wait for one caller that watches and is slow.
    /// - Throws: ``GatewayServersError/unusable(_:)``.
    package init(
        operations: any GatewayOperations, credential: Credential?, authority: String?, tcp: ForwardingPath.Endpoint?,
        socketPath: String?, backlog: Int = WatchRelay.backlog, logger: Logger
    ) throws(GatewayServersError) {
        if tcp != nil {
            guard let credential, let authority else {
                preconditionFailure("Consoles elsewhere are served only with a certificate and an authority.")
            }
            tls = Current(try GatewayTransport.context(credential, authority: authority))
            security = GatewayTransport.security(credential, authority: authority)
        } else {
            (security, tls) = (nil, nil)
        }
        (self.operations, self.tcp, self.socketPath) = (operations, tcp, socketPath)
        (self.backlog, self.logger) = (backlog, logger)
        listening = MultiThreadedEventLoopGroup.singleton.next().makePromise()
    }

    deinit { listening.fail(GatewayServersError.notListening) }

    /// The TCP port that is listened on, `nil` without one; waits until ``run()`` listens on all, throws when it does no
    /// more.
    package var boundPort: UInt16? {
        get async throws { try await listening.futureResult.get() }
    }

    /// Proves by another credential who this is, and checks callers by another authority, on connections that begin from
    /// now on; those that are open go on. Without TCP it changes nothing.
    ///
    /// - Throws: ``GatewayServersError/unusable(_:)``; then all stays as it was.
    package func renew(_ credential: Credential, authority: String) throws(GatewayServersError) {
        tls?.value = try GatewayTransport.context(credential, authority: authority)
    }

    /// Serves until it is cancelled. Once only.
    package func run() async throws(GatewayServersError) {
        defer { listening.fail(GatewayServersError.notListening) }
        let address = try await tcp.resolved()
        let local: LocalSocket?
        do throws(LocalSocketError) {
            local = if let socketPath { try LocalSocket(listeningAt: socketPath) } else { nil }
        } catch {
            throw .socket(error)
        }
        defer { local?.remove() }
        let servers = servers(address: address, local: local)
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        // It outlives the cancellation by the grace, and is awaited here.
        let serving = Task { await self.serve(servers, until: stops) }
        let failure = await withTaskCancellationHandler {
            await serving.value
        } onCancel: {
            stop.finish()
        }
        if let failure, !Task.isCancelled { throw failure }
    }

    private func servers(address: GRPCNIOTransportHTTP2Posix.SocketAddress?, local: LocalSocket?) -> [Server] {
        var servers: [Server] = []
        if let local {
            let caller = CallerRule.local(Caller.local)
            servers.append(
                Server(
                    transport: HTTP2ServerTransport.Posix(
                        listeningSocketDescriptor: Int(local.descriptor), transportSecurity: .plaintext,
                        config: GatewayTransport.configuration()),
                    services: [GatewayService(operations, callers: caller, backlog: backlog, logger: logger)]))
        }
        if let address, let security, let tls {
            servers.append(
                Server(
                    transport: HTTP2ServerTransport.Posix(
                        address: address, transportSecurity: security,
                        config: GatewayTransport.configuration(CallerEntry(tls: tls, logger: logger))),
                    services: [GatewayService(operations, callers: .certificate, backlog: backlog, logger: logger)]))
        }
        return servers
    }

    /// Returns what ended them, `nil` when they were stopped.
    private func serve(_ servers: [Server], until stops: AsyncStream<Void>) async -> GatewayServersError? {
        do {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for server in servers {
                    group.addTask {
                        try await server.serve()
                        return true
                    }
                }
                // A server that was stopped before it listens would never say where, so this comes first.
                var addresses: [GRPCNIOTransportHTTP2Posix.SocketAddress] = []
                for server in servers {
                    if let address = try? await server.transport.listeningAddress { addresses.append(address) }
                }
                if addresses.count == servers.count { listening.succeed(addresses.compactMap(\.port).first) }
                group.addTask {
                    for await _ in stops {}
                    // Without a server there is nothing else to wait for.
                    guard !servers.isEmpty else { return true }
                    for server in servers { server.beginGracefulShutdown() }
                    try await Task.sleep(for: Self.grace)
                    return false
                }
                var open = max(1, servers.count)
                while open > 0, let ended = try await group.next(), ended { open -= 1 }
                group.cancelAll()
            }
            return nil
        } catch {
            let reason = (error as? RuntimeError)?.cause.map { "\($0)" } ?? "\(error)"
            return tcp.map { .cannotListen($0, reason: reason) } ?? .broken(reason)
        }
    }
}

extension Caller {
    /// Whoever can open the socket: the daemon's own user, or root.
    fileprivate static var local: Caller {
        Caller(name: geteuid() == 0 ? "local root" : "local", role: .operator)
    }
}
