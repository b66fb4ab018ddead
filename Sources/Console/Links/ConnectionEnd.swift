import GatewayAPI
import NIOSSL
import Synchronization

/// Why one connection broke, as far as its transport knows; gRPC itself says no more than that it is closed.
final class ConnectionEnd: Sendable {
    private let first = Mutex<RequestFailure?>(nil)

    /// What broke it first.
    var failure: RequestFailure? { first.withLock { $0 } }

    /// Something broke it, or followed from that.
    func note(_ failure: RequestFailure) { first.withLock { $0 = $0 ?? failure } }

    /// What an error of the transport says about the other side.
    static func failure(of error: any Error) -> RequestFailure {
        let words = "\(error)"
        if words.contains("CERTIFICATE_VERIFY_FAILED") {
            return .untrusted("the gateway's certificate is not of the network's authority, or not valid now")
        }
        // TLS 1.3 refuses a client's certificate by an alert after the client's own handshake has ended.
        for alert in ["CERTIFICATE_REQUIRED", "UNKNOWN_CA", "CERTIFICATE_UNKNOWN", "BAD_CERTIFICATE", "ACCESS_DENIED"]
        where words.contains("ALERT_\(alert)") || words.contains("ALERT_TLS_\(alert)") {
            return .refused(.notAllowed("the gateway does not accept the certificate: use one of its own authority"))
        }
        if words.contains("CERTIFICATE_EXPIRED") {
            return .refused(.notAllowed("the gateway does not accept the certificate: it has expired"))
        }
        return .unreachable("the connection broke: \(words)")
    }
}
