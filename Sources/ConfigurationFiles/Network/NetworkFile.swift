package import ForwardingPath
package import IPsec

/// What a network file says: nodes, links, paths, mappings, the operator's policies and SAs.
///
/// ```yaml
/// name: figure-10
/// nodes:
///   MN:  {role: mobile-node,      addresses: [127.10.0.1]}
///   SG1: {role: security-gateway, addresses: [127.10.0.3], capacity: 1000, algorithms: [aes-gcm-16-256]}
/// paths:
///   data:
///     previous: [MN, PR, SG1, G, RN]
///     next:     [MN, NR, SG2, G, RN]      # left out while it is not known
/// mappings: {SG1: SG2}
/// profiles: {MN: [aes-gcm-16-256, aes-cbc-128-hmac-sha-1-96]}      # the most preferred first
/// gateway-identity: indirect                # direct: MN is told the new gateway's address
/// associations:
///   - {name: up, plane: data, from: MN, to: SG1, protocol: esp, mode: tunnel, spi: 0x1001, encryption: aes-gcm-16-256}
/// ```
package struct NetworkFile: Hashable, Sendable {
    /// The network's name; the file's, where it has none.
    package let name: String
    /// Nodes, links, paths and mappings.
    package let network: Network
    /// In the order of the file.
    package var associations: [AssociationEntry]
    /// In the order of the file.
    package let policies: [PolicyEntry]
    /// What may protect users' traffic, by user.
    package let profiles: [String: UserProfile]

    /// The keys at the top of a network file.
    static let keys = [
        "name", "nodes", "links", "paths", "mappings", "gateway-identity", "policies", "profiles", "associations",
    ]

    /// Reads a network file's text; a scenario is a network file with more, and is read as one.
    package static func read(_ text: String, file: String) throws(FileError) -> NetworkFile {
        try ScenarioFile.read(text, file: file).network
    }

    /// Reads the network file at `path`.
    package static func load(_ path: String) throws(FileError) -> NetworkFile {
        try read(try TextFile.read(path), file: path)
    }

    /// The SAs that a name stands for: one, or the many of an entry with `count`; empty where there is none.
    func associations(named name: String) -> [AssociationEntry] {
        if let single = association(named: name) { return [single] }
        return associations.filter { $0.family == name }
    }

    /// The SA of that name.
    package func association(named name: String) -> AssociationEntry? { associations.first { $0.name == name } }

    /// What happens to the SAs of the file on its paths.
    package var plan: MovePlan { MovePlan.make(network: network, associations: associations.map(\.spec)) }
}
