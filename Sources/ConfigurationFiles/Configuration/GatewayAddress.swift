package import ForwardingPath

/// Where a console reaches a daemon.
package enum GatewayAddress: Hashable, Sendable {
    /// Over mutual TLS.
    case network(Endpoint)
    /// The path of a UNIX socket on this machine.
    case socket(String)
}

extension GatewayAddress: CustomStringConvertible {
    /// As it is written in files.
    package var description: String {
        switch self {
        case .network(let endpoint): endpoint.description
        case .socket(let path): path
        }
    }

    /// From `HOST:PORT` or an absolute path; `nil` for anything else.
    package init?(_ text: some StringProtocol) {
        if text.hasPrefix("/") {
            self = .socket(String(text))
        } else if let endpoint = Endpoint(text) {
            self = .network(endpoint)
        } else {
            return nil
        }
    }
}
