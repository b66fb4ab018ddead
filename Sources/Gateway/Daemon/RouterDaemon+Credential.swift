package import Credentials
import GatewayAPI

extension RouterDaemon {
    /// Proves to routers and consoles by another certificate who this is, and checks theirs by another authority: on
    /// connections that begin from now on. Those that are open, and the moves on them, go on.
    ///
    /// - Parameter cause: what was done, for the audit trail.
    /// - Throws: ``PeerLinksError`` or ``GatewayServersError`` where TLS cannot use them; then all stays as it was.
    package func renew(_ credential: Credential, authority: String, because cause: String) async throws {
        precondition(credential.identity.node == node, "A daemon stays the same node.")
        // What one of them can use the other one can: the second does not throw where the first did not.
        try links.renew(credential, authority: authority)
        try servers?.renew(credential, authority: authority)
        trust = (credential, authority)
        await report(.log, action: "certificate", text: cause)
    }

    /// The certificate was to be read anew, and its files are not good: the old one stays.
    package func refused(certificate problem: String) async {
        await report(.alarm, action: "certificate", text: "kept the old certificate: \(problem)")
    }
}
