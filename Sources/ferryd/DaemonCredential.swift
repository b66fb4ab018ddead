import ConfigurationFiles
import Credentials
import ForwardingPath
import Foundation
import Logging

/// The daemon's certificate and key and their authority, read and checked together.
struct DaemonCredential {
    let credential: Credential
    /// The authority's certificate, PEM.
    let authority: String
    /// When the certificate, or its authority's, expires.
    let end: Date

    /// How long before the end it is worth a warning.
    private static let notice = TimeInterval(30 * 86_400)

    /// Throws when another router would refuse it as that of `node`, and names the file that is wrong.
    init(_ files: TLSFiles, node: NodeName, now: Date = Date()) throws(SetupError) {
        do throws(CredentialError) {
            credential = try Credential.load(certificate: files.certificate, key: files.key)
            authority = try PEMText.read(files.ca)
        } catch {
            throw .credential(files, error)
        }
        guard credential.identity.node == node else {
            throw .certificate(files.certificate, credential.identity, node: node)
        }
        do throws(TrustError) {
            end = try credential.end(under: authority, now: now)
        } catch {
            throw .trust(files, error)
        }
    }

    /// Logs that it expires within 30 days, where it does.
    ///
    /// - Parameter path: its certificate's.
    func warn(_ logger: Logger, of path: String, now: Date = Date()) {
        guard end < now + Self.notice else { return }
        logger.warning(
            "The certificate expires soon: have ferry pki make new ones",
            metadata: ["certificate": "\(path)", "end": "\(end.formatted(.iso8601))"])
    }
}

extension DaemonCredential: Equatable {
    /// Whether the files say the same.
    static func == (left: DaemonCredential, right: DaemonCredential) -> Bool {
        left.authority == right.authority && left.credential.certificatePEM == right.credential.certificatePEM
            && left.credential.keyPEM == right.credential.keyPEM
    }
}
