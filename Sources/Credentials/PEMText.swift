import Foundation
import SwiftASN1
import X509

/// Certificates and keys as text (RFC 7468).
package enum PEMText {
    /// The text of a PEM file, of at most 1 MiB.
    package static func read(_ path: String) throws(CredentialError) -> String {
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            let data = try handle.read(upToCount: 1 << 20) ?? Data()
            guard let text = String(validating: data, as: UTF8.self) else {
                throw CredentialError.unreadable(path, reason: "it is not text")
            }
            return text
        } catch let error as CredentialError {
            throw error
        } catch {
            throw .unreadable(path, reason: SystemReason(error).description)
        }
    }

    /// A certificate and its private key; throws when they do not belong together.
    static func pair(
        certificate: String, key: String
    ) throws(CredentialError) -> (Certificate, Certificate.PrivateKey) {
        let parsed: Certificate
        do {
            parsed = try Certificate(pemEncoded: certificate)
        } catch {
            throw .notACertificate("\(error)")
        }
        let secret: Certificate.PrivateKey
        do {
            secret = try Certificate.PrivateKey(pemEncoded: key)
        } catch {
            // The library's words could quote the text, which is a secret.
            throw .notAKey("it begins with no known line, or its content is damaged")
        }
        guard secret.publicKey == parsed.publicKey else { throw .mismatch }
        return (parsed, secret)
    }
}
