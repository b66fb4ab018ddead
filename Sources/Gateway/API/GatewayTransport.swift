import Credentials
import ForwardingPath
import GRPCNIOTransportHTTP2Posix
import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// How gRPC is carried to a gateway: TLS, and what tells that the other side is gone.
enum GatewayTransport {
    /// Mutual TLS against the network's one authority; who somebody is, their certificate's `ferry:` URI says.
    static func security(
        _ credential: Credential, authority: String
    ) throws(GatewayServersError) -> HTTP2ServerTransport.Posix.TransportSecurity {
        do {
            // gRPC reads them later; what is wrong with them is to be known now.
            _ = try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8))
            _ = try NIOSSLCertificate.fromPEMBytes(Array(credential.certificatePEM.utf8))
            _ = try NIOSSLPrivateKey(bytes: Array(credential.keyPEM.utf8), format: .pem)
        } catch {
            throw .unusable("\(error)")
        }
        return .mTLS(
            certificateChain: [.bytes(Array(credential.certificatePEM.utf8), format: .pem)],
            privateKey: .bytes(Array(credential.keyPEM.utf8), format: .pem)
        ) { tls in
            tls.trustRoots = .certificates([.bytes(Array(authority.utf8), format: .pem)])
            tls.requireALPN = true
        }
    }

    /// A caller that vanished is known to be gone after 8 s; with `gate`, strangers are kept out.
    static func configuration(gate: Logger? = nil) -> HTTP2ServerTransport.Posix.Config {
        .defaults { config in
            config.connection.keepalive = HTTP2ServerTransport.Config.Keepalive(
                time: .seconds(5), timeout: .seconds(3),
                clientBehavior: HTTP2ServerTransport.Config.ClientKeepaliveBehavior(
                    minPingIntervalWithoutCalls: .seconds(1), allowWithoutCalls: true))
            config.http2.maxConcurrentStreams = 100
            guard let gate else { return }
            let strangers = Strangers()
            config.channelDebuggingCallbacks.onAcceptTCPConnection = { channel in
                accept(channel, strangers: strangers, logger: gate)
            }
        }
    }

    private static func accept(
        _ channel: any Channel, strangers: Strangers, logger: Logger
    ) -> EventLoopFuture<Void> {
        let options = TCPOptions.all.map { channel.setOption($0.0, value: $0.1) }
        return EventLoopFuture.andAllSucceed(options, on: channel.eventLoop).flatMapThrowing {
            let pipeline = channel.pipeline.syncOperations
            let tls = try pipeline.handler(type: NIOSSLServerHandler.self)
            try pipeline.addHandler(CallerGate(strangers: strangers, logger: logger), position: .after(tls))
        }
    }
}

extension ForwardingPath.Endpoint? {
    /// Where to listen, with a name looked up.
    func resolved() async throws(GatewayServersError) -> GRPCNIOTransportHTTP2Posix.SocketAddress? {
        guard let endpoint = self else { return nil }
        do {
            let address = try await NIOThreadPool.singleton.runIfActive {
                try NIOCore.SocketAddress.makeAddressResolvingHost(endpoint.host, port: Int(endpoint.port))
            }
            let host = address.ipAddress ?? endpoint.host
            return address.protocol == .inet6
                ? .ipv6(host: host, port: Int(endpoint.port)) : .ipv4(host: host, port: Int(endpoint.port))
        } catch {
            throw .cannotListen(endpoint, reason: "\(error)")
        }
    }
}

extension GRPCNIOTransportHTTP2Posix.SocketAddress {
    /// The port of a TCP address.
    var port: UInt16? { (ipv4?.port ?? ipv6?.port).map { UInt16($0) } }
}
