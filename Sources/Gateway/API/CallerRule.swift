import Credentials
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import GatewayAPI

/// How a server knows who calls.
enum CallerRule: Sendable {
    /// By the certificate at the other end, which TLS has verified.
    case certificate
    /// Whoever can open the socket is this one.
    case local(Caller)

    /// Who calls; a router's certificate is for its peers and not for the API.
    func caller(_ context: ServerContext) throws(OperationRefusal) -> Caller {
        switch self {
        case .local(let caller): caller
        case .certificate: try Self.owner(of: context)
        }
    }

    private static func owner(of context: ServerContext) throws(OperationRefusal) -> Caller {
        guard let specific = context.transportSpecific as? HTTP2ServerTransport.Posix.Context,
            let certificate = specific.peerCertificate
        else { throw .notAllowed("there is no certificate that says who calls") }
        let identity: PeerIdentity
        do throws(IdentityError) {
            identity = try PeerIdentity(certificate)
        } catch {
            throw .notAllowed(error.description)
        }
        switch identity.role {
        case .viewer: return Caller(name: identity.name, role: .viewer)
        case .operator: return Caller(name: identity.name, role: .operator)
        case .router: throw .notAllowed("\(identity) may not call: use a viewer's or an operator's certificate")
        }
    }
}
