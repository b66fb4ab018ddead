import Crypto
package import Foundation
import SwiftASN1
import X509

/// Issues the certificates of one network: P-256 keys, signed with ECDSA and SHA-256.
package struct CertificateAuthority: Sendable {
    /// How long an authority's own certificate is valid.
    package static let ownValidity = TimeInterval(10 * 365 * 86_400)
    /// How long the certificates that it issues are valid.
    package static let validity = TimeInterval(365 * 86_400)
    /// How long before it was made a certificate begins to be valid, for clocks that are behind.
    package static let headStart = TimeInterval(3_600)

    /// The authority's certificate, which everybody trusts.
    package let certificatePEM: String
    private let certificate: Certificate
    private let key: P256.Signing.PrivateKey

    /// A new authority with a new key; `name` is the network's.
    package init(name: String, now: Date = Date()) throws(CredentialError) {
        key = P256.Signing.PrivateKey()
        do {
            let subject = try DistinguishedName {
                OrganizationName(String(name.prefix(64)))
                CommonName("Ferry CA")
            }
            let publicKey = Certificate.PublicKey(key.publicKey)
            certificate = try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey,
                notValidBefore: now - Self.headStart, notValidAfter: now + Self.ownValidity,
                issuer: subject, subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
                extensions: try Certificate.Extensions {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                    Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                    SubjectKeyIdentifier(hash: publicKey)
                },
                issuerPrivateKey: Certificate.PrivateKey(key))
            certificatePEM = try certificate.serializeAsPEM().pemString + "\n"
        } catch {
            throw .notMade("\(error)")
        }
    }

    /// The authority of an earlier time, to issue more.
    package init(certificatePEM: String, keyPEM: String) throws(CredentialError) {
        certificate = try PEMText.pair(certificate: certificatePEM, key: keyPEM).0
        guard case .isCertificateAuthority = try? certificate.extensions.basicConstraints else { throw .notAnAuthority }
        guard let own = try? P256.Signing.PrivateKey(pemRepresentation: keyPEM) else { throw .unsupportedKey }
        key = own
        self.certificatePEM = certificatePEM
    }

    /// The authority whose `ca.pem` and `ca.key` are in a directory.
    package static func load(from directory: String) throws(CredentialError) -> CertificateAuthority {
        try CertificateAuthority(
            certificatePEM: try PEMText.read("\(directory)/ca.pem"), keyPEM: try PEMText.read("\(directory)/ca.key"))
    }

    /// The authority's private key, PKCS #8; whoever has it can be anybody.
    package var keyPEM: String { key.pemRepresentation + "\n" }

    /// A certificate with a new key for somebody, for both sides of TLS.
    ///
    /// It ends with the authority's own at the latest.
    package func issue(_ identity: PeerIdentity, now: Date = Date()) throws(CredentialError) -> Credential {
        let own = P256.Signing.PrivateKey()
        do {
            let publicKey = Certificate.PublicKey(own.publicKey)
            let issued = try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey,
                notValidBefore: now - Self.headStart,
                notValidAfter: min(now + Self.validity, certificate.notValidAfter),
                issuer: certificate.subject, subject: try DistinguishedName { CommonName(identity.name) },
                signatureAlgorithm: .ecdsaWithSHA256,
                extensions: try Certificate.Extensions {
                    Critical(BasicConstraints.notCertificateAuthority)
                    Critical(KeyUsage(digitalSignature: true))
                    try ExtendedKeyUsage([.serverAuth, .clientAuth])
                    SubjectAlternativeNames([.dnsName(identity.name), .uniformResourceIdentifier(identity.uri)])
                    SubjectKeyIdentifier(hash: publicKey)
                    AuthorityKeyIdentifier(
                        keyIdentifier: try certificate.extensions.subjectKeyIdentifier?.keyIdentifier)
                },
                issuerPrivateKey: Certificate.PrivateKey(key))
            return Credential(
                identity: identity, certificatePEM: try issued.serializeAsPEM().pemString + "\n",
                keyPEM: own.pemRepresentation + "\n")
        } catch {
            throw .notMade("\(error)")
        }
    }
}
