import Credentials
import NIOCore
import NIOPosix
import NIOSSL

/// A client that says what it likes, with a certificate of its choice or without TLS.
struct Stranger: Sendable {
    private let channel: any Channel

    /// Connects by TCP alone.
    init(port: UInt16) async throws {
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: Int(port)).get()
    }

    /// Connects and begins a TLS handshake; `version` is the newest that it offers.
    init(port: UInt16, credential: Credential?, authority: String, version: TLSVersion = .tlsv13) async throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.maximumTLSVersion = version
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
        configuration.certificateVerification = .noHostnameVerification
        if let credential {
            let chain = try NIOSSLCertificate.fromPEMBytes(Array(credential.certificatePEM.utf8))
            configuration.certificateChain = chain.map { .certificate($0) }
            let key = try NIOSSLPrivateKey(bytes: Array(credential.keyPEM.utf8), format: .pem)
            configuration.privateKey = .privateKey(key)
        }
        let context = try NIOSSLContext(configuration: configuration)
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: nil)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .connect(host: "127.0.0.1", port: Int(port)).get()
    }

    /// Sends octets; without an effect on a closed connection.
    func say(_ octets: [UInt8]) { channel.writeAndFlush(ByteBuffer(bytes: octets), promise: nil) }

    /// Returns when the connection is closed, by whomever.
    func isClosed() async { try? await channel.closeFuture.get() }

    /// Closes the connection.
    func leave() { channel.close(promise: nil) }
}
