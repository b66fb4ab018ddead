package import Foundation
import SwiftASN1
import X509

extension Credential {
    /// When the credential stops being good: with its own certificate, or with that of the authority which signed it.
    ///
    /// - Parameter authority: the certificates that everybody's is checked by, PEM.
    /// - Throws: what others would refuse it for at `now`.
    package func end(under authority: String, now: Date = Date()) throws(TrustError) -> Date {
        let authorities = try Self.certificates(authority)
        let own: Certificate
        do {
            own = try Certificate(pemEncoded: certificatePEM)
        } catch {
            preconditionFailure("A credential's certificate was read when it was made.")
        }
        for one in authorities {
            guard case .isCertificateAuthority? = try? one.extensions.basicConstraints else { throw .notAnAuthority }
        }
        let signer = authorities.first {
            $0.subject == own.issuer && $0.publicKey.isValidSignature(own.signature, for: own)
        }
        guard let signer else { throw .foreign }
        guard signer.notValidBefore <= now, now <= signer.notValidAfter else {
            throw .invalidAuthority(from: signer.notValidBefore, until: signer.notValidAfter)
        }
        guard own.notValidBefore <= now, now <= own.notValidAfter else {
            throw .invalid(from: own.notValidBefore, until: own.notValidAfter)
        }
        return min(own.notValidAfter, signer.notValidAfter)
    }

    /// The certificates in PEM text; at least one.
    private static func certificates(_ text: String) throws(TrustError) -> [Certificate] {
        let certificates: [Certificate]
        do {
            certificates = try PEMDocument.parseMultiple(pemString: text).map { try Certificate(pemDocument: $0) }
        } catch {
            throw .unreadableAuthority("\(error)")
        }
        guard !certificates.isEmpty else { throw .unreadableAuthority("it has none in it") }
        return certificates
    }
}
