import Credentials
import NIOCore
import NIOSSL

/// TLS 1.3 with mutual authentication against the network's one authority (RFC 8446).
///
/// Host names are not verified: who a certificate belongs to is its `ferry:` URI, which ``PeerGate`` reads.
struct PeerTLS: Sendable {
    private let server: NIOSSLContext
    private let client: NIOSSLContext

    /// Throws ``PeerLinksError/unusable(_:)`` when the library takes no part of it.
    init(_ credential: Credential, authority: String) throws(PeerLinksError) {
        do {
            let roots = try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8))
            let chain = try NIOSSLCertificate.fromPEMBytes(Array(credential.certificatePEM.utf8))
            let key = try NIOSSLPrivateKey(bytes: Array(credential.keyPEM.utf8), format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            Self.harden(&configuration, roots: roots)
            server = try NIOSSLContext(configuration: configuration)
            configuration = .makeClientConfiguration()
            configuration.certificateChain = chain.map { .certificate($0) }
            configuration.privateKey = .privateKey(key)
            Self.harden(&configuration, roots: roots)
            client = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .unusable("\(error)")
        }
    }

    /// The handler of an accepted connection.
    func serverHandler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: server) }

    /// The handler of a dialled connection.
    func clientHandler() throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: client, serverHostname: nil)
    }

    private static func harden(_ configuration: inout TLSConfiguration, roots: [NIOSSLCertificate]) {
        configuration.minimumTLSVersion = .tlsv13
        configuration.maximumTLSVersion = .tlsv13
        configuration.trustRoots = .certificates(roots)
        configuration.certificateVerification = .noHostnameVerification
        configuration.shutdownTimeout = PeerLimits.goodbye
    }
}
