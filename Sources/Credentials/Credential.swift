import X509

/// A certificate with its private key, as PEM text: what TLS needs to prove an identity.
package struct Credential: Sendable {
    /// Who the certificate belongs to.
    package let identity: PeerIdentity
    /// The certificate.
    package let certificatePEM: String
    /// The private key, PKCS #8; it is a secret, and never printed or logged.
    package let keyPEM: String

    init(identity: PeerIdentity, certificatePEM: String, keyPEM: String) {
        self.identity = identity
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
    }

    /// From PEM text; throws when either cannot be read, when they do not belong together, or without an identity.
    package init(certificatePEM: String, keyPEM: String) throws(CredentialError) {
        let (certificate, _) = try PEMText.pair(certificate: certificatePEM, key: keyPEM)
        do throws(IdentityError) {
            identity = try PeerIdentity(certificate)
        } catch {
            throw .identity(error)
        }
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
    }

    /// From two files.
    package static func load(certificate: String, key: String) throws(CredentialError) -> Credential {
        try Credential(certificatePEM: try PEMText.read(certificate), keyPEM: try PEMText.read(key))
    }
}

extension Credential: CustomStringConvertible, CustomReflectable {
    /// Never the key.
    package var description: String { "credential of \(identity)" }
    /// What a debugger or `dump` sees: never the key.
    package var customMirror: Mirror { Mirror(self, children: ["identity": identity]) }
}
