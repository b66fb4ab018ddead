package import ForwardingPath
import SwiftASN1
package import X509

/// Who a certificate belongs to: a role and a name, carried as the URI `ferry:ROLE:NAME` in its subject alternative
/// names. Nothing else of a certificate says who somebody is.
package struct PeerIdentity: Hashable, Sendable {
    /// What its owner may do.
    package let role: PeerRole
    /// The node's name for a router, the person's for a viewer or an operator: a word as ``ForwardingPath/NodeName``.
    package let name: String

    private static let scheme = "ferry:"

    /// `nil` when the name is not one word of 1 to 63 letters, digits, `-`, `_` and `.`.
    package init?(role: PeerRole, name: String) {
        guard NodeName(name[...]) != nil else { return nil }
        (self.role, self.name) = (role, name)
    }

    /// The identity of a router.
    package init(router: NodeName) {
        (role, name) = (.router, router.text)
    }

    /// The identity that a certificate carries; whether to believe the certificate is decided elsewhere.
    package init(_ certificate: Certificate) throws(IdentityError) {
        let names: SubjectAlternativeNames?
        do {
            names = try certificate.extensions.subjectAlternativeNames
        } catch {
            throw .unreadable("\(error)")
        }
        var found: [String] = []
        for case .uniformResourceIdentifier(let uri) in names ?? SubjectAlternativeNames()
        where uri.hasPrefix(Self.scheme) {
            found.append(uri)
        }
        guard let uri = found.first else { throw .missing }
        guard found.count == 1 else { throw .several(found) }
        self = try Self.parse(uri)
    }

    /// The identity that a certificate in DER carries.
    package init(der: some Sequence<UInt8>) throws(IdentityError) {
        let certificate: Certificate
        do {
            certificate = try Certificate(derEncoded: Array(der))
        } catch {
            throw .unreadable("\(error)")
        }
        try self.init(certificate)
    }

    /// The URI in the certificate.
    package var uri: String { "\(Self.scheme)\(role.rawValue):\(name)" }

    /// The node that a router's certificate is for; `nil` for the other roles.
    package var node: NodeName? { role == .router ? NodeName(name[...]) : nil }

    private static func parse(_ uri: String) throws(IdentityError) -> PeerIdentity {
        let parts = uri.dropFirst(scheme.count).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let role = PeerRole(rawValue: String(parts[0])) else { throw .unknownRole(uri) }
        guard parts.count == 2, let identity = PeerIdentity(role: role, name: String(parts[1])) else {
            throw .malformedName(uri)
        }
        return identity
    }
}

extension PeerIdentity: CustomStringConvertible {
    /// For example `router SG1`.
    package var description: String { "\(role.rawValue) \(name)" }
}
