internal import IPsec

/// What Ferry knows of the kernel's SAs beyond what the kernel does: names, users and directions. A value.
struct KernelAssociations {
    /// A person's word for an SA, and whose it is.
    typealias Label = LinuxStack.Label

    /// Of SAs that came with a move.
    private var labels: [SAIdentifier: Label] = [:]
    /// As key management calls its SAs.
    var negotiated: [SAIdentifier: Label] = [:]
    private struct PolicyPlace: Hashable {
        let direction: Direction
        let selectors: [TrafficSelector]

        init(_ policy: Policy) { (direction, selectors) = (policy.direction, policy.selectors) }
    }

    private var policyNames: [PolicyPlace: String] = [:]
    /// SAs whose soft lifetime was reached.
    private(set) var dying: Set<SAIdentifier> = []

    mutating func label(_ association: SecurityAssociation) {
        labels[association.identifier] = Label(name: association.name, user: association.user)
    }

    /// Policies have their names by what they are for.
    mutating func label(_ policy: Policy) { policyNames[PolicyPlace(policy)] = policy.name }

    func name(_ policy: Policy) -> String { policyNames[PolicyPlace(policy)] ?? policy.name }

    mutating func forget(_ identifier: SAIdentifier) {
        labels[identifier] = nil
        dying.remove(identifier)
    }

    /// Its soft lifetime was reached; `false` where that was known.
    mutating func isDying(_ identifier: SAIdentifier) -> Bool { dying.insert(identifier).inserted }

    /// Names that nobody gave follow from what both ends know: so they are the same at both, and after a restart. A user whom
    /// nobody named is called by the address of the SA's other end.
    func label(_ identifier: SAIdentifier, peer: IPAddress) -> Label {
        labels[identifier] ?? negotiated[identifier]
            ?? Label(name: "\(identifier.securityProtocol.name)-\(identifier.spi)", user: peer.description)
    }
}
