package import ForwardingPath
package import Foundation

/// The certificates of one network: an authority, each node that runs a daemon, a viewer and an operator.
package struct Pki: Sendable {
    /// What everybody trusts.
    package let authority: CertificateAuthority
    /// In the order of the network.
    package let routers: [Credential]
    /// The identity `viewer viewer`.
    package let viewer: Credential
    /// The identity `operator operator`.
    package let `operator`: Credential

    /// Makes them in memory; nothing touches the disk.
    package init(for network: Network, named name: String, now: Date = Date()) throws(CredentialError) {
        authority = try CertificateAuthority(name: name, now: now)
        var routers: [Credential] = []
        for node in network.nodes where node.role.runsDaemon {
            routers.append(try authority.issue(PeerIdentity(router: node.name), now: now))
        }
        self.routers = routers
        viewer = try authority.issue(Self.person(.viewer), now: now)
        `operator` = try authority.issue(Self.person(.operator), now: now)
    }

    /// The credential of a node's daemon; `nil` when it runs none.
    package func router(_ node: NodeName) -> Credential? { routers.first { $0.identity.node == node } }

    /// Makes the certificates of a network and writes them to a directory; returns the paths in the order of writing.
    @discardableResult
    package static func write(
        for network: Network, named name: String, to directory: String, now: Date = Date()
    ) throws(CredentialError) -> [String] {
        let reserved = ["ca", PeerRole.viewer.rawValue, PeerRole.operator.rawValue]
        for node in network.nodes where node.role.runsDaemon && reserved.contains(node.name.text.lowercased()) {
            throw .reservedName(node.name.text)
        }
        return try PkiDirectory(path: directory).write(try Pki(for: network, named: name, now: now))
    }

    private static func person(_ role: PeerRole) -> PeerIdentity {
        guard let identity = PeerIdentity(role: role, name: role.rawValue) else {
            preconditionFailure("The name of a role is a valid name.")
        }
        return identity
    }
}
