package import Foundation

/// Why a certificate cannot be used under an authority.
package enum TrustError: Error, Hashable, Sendable {
    /// The authority's text has no certificate in it, or one that cannot be read; the library's words.
    case unreadableAuthority(String)
    /// The authority's certificate is not that of a certificate authority.
    case notAnAuthority
    /// The authority's certificate is not valid now.
    case invalidAuthority(from: Date, until: Date)
    /// The authority did not sign the certificate.
    case foreign
    /// The certificate is not valid now.
    case invalid(from: Date, until: Date)

    /// Whether the fault is the authority's certificate itself.
    package var isOfAuthority: Bool {
        switch self {
        case .unreadableAuthority, .notAnAuthority, .invalidAuthority: true
        case .foreign, .invalid: false
        }
    }
}

extension TrustError: CustomStringConvertible {
    /// A sentence without its full stop.
    package var description: String {
        switch self {
        case .unreadableAuthority(let reason): "the text is not a certificate in PEM: \(reason)"
        case .notAnAuthority: "the certificate is not that of a certificate authority"
        case .foreign: "the certificate is not signed by the authority"
        case .invalidAuthority(let from, let until), .invalid(let from, let until):
            "the certificate is valid from \(from.formatted(.iso8601)) until \(until.formatted(.iso8601)), "
                + "and that is not now"
        }
    }
}
