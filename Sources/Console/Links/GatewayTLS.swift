package import ConfigurationFiles
package import Credentials
import NIOCore
import NIOSSL

/// TLS 1.3 towards gateways: the own certificate proves who asks, and theirs are checked by the network's authority.
///
/// Host names are not verified: who a certificate belongs to is its `ferry:` URI.
package struct GatewayTLS: Sendable {
    /// Who asks.
    package let identity: PeerIdentity
    private let context: NIOSSLContext

    /// From a credential, and the certificate of the authority in PEM; throws ``RequestFailure/credential(_:)``.
    package init(_ credential: Credential, authority: String) throws(RequestFailure) {
        identity = credential.identity
        do {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.minimumTLSVersion = .tlsv13
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(credential.certificatePEM.utf8))
                .map { .certificate($0) }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(bytes: Array(credential.keyPEM.utf8), format: .pem))
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
            configuration.certificateVerification = .noHostnameVerification
            configuration.applicationProtocols = ["h2"]
            configuration.shutdownTimeout = .seconds(1)
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .credential("TLS cannot use the certificate, key or authority: \(error)")
        }
    }

    /// From the files of a configuration; throws ``RequestFailure/credential(_:)``.
    package static func load(_ files: TLSFiles) throws(RequestFailure) -> GatewayTLS {
        let credential: Credential
        let authority: String
        do throws(CredentialError) {
            credential = try Credential.load(certificate: files.certificate, key: files.key)
            authority = try PEMText.read(files.ca)
        } catch {
            throw .credential(error.description)
        }
        return try GatewayTLS(credential, authority: authority)
    }

    /// The handler of one connection.
    func handler() throws -> NIOSSLClientHandler { try NIOSSLClientHandler(context: context, serverHostname: nil) }
}
