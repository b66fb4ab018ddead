import Credentials
import ForwardingPath
import GRPCNIOTransportHTTP2Posix
import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// How gRPC is carried to a gateway: TLS, and what tells that the other side is gone.
enum GatewayTransport {
    /// TLS 1.3 with mutual authentication against the network's one authority; who somebody is, their certificate's
    /// `ferry:` URI says.
    static func context(_ credential: Credential, authority: String) throws(GatewayServersError) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMBytes(Array(credential.certificatePEM.utf8))
            let key = try NIOSSLPrivateKey(bytes: Array(credential.keyPEM.utf8), format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv13
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
            configuration.certificateVerification = .noHostnameVerification
            configuration.applicationProtocols = ["grpc-exp", "h2"]
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .unusable("\(error)")
        }
    }

    /// What has gRPC expect TLS. Its own is made once, and never used: ``CallerEntry`` puts the one that holds in its place.
    static func security(
        _ credential: Credential, authority: String
    ) -> HTTP2ServerTransport.Posix.TransportSecurity {
        .mTLS(
            certificateChain: [.bytes(Array(credential.certificatePEM.utf8), format: .pem)],
            privateKey: .bytes(Array(credential.keyPEM.utf8), format: .pem)
        ) { tls in
            tls.trustRoots = .certificates([.bytes(Array(authority.utf8), format: .pem)])
            tls.requireALPN = true
        }
    }

    /// A caller that vanished is known to be gone after 8 s; over TCP, `entry` keeps strangers out.
    static func configuration(_ entry: CallerEntry? = nil) -> HTTP2ServerTransport.Posix.Config {
        .defaults { config in
            config.connection.keepalive = HTTP2ServerTransport.Config.Keepalive(
                time: .seconds(5), timeout: .seconds(3),
                clientBehavior: HTTP2ServerTransport.Config.ClientKeepaliveBehavior(
                    minPingIntervalWithoutCalls: .seconds(1), allowWithoutCalls: true))
            config.http2.maxConcurrentStreams = 100
            guard let entry else { return }
            config.channelDebuggingCallbacks.onAcceptTCPConnection = { entry.prepare($0) }
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
