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
    /// What SAs are called that a mark or an XFRM interface names besides.
    private var foreign: [SAIdentifier: [XfrmName]] = [:]
    /// When SAs end by their age, in seconds of the kernel's clock since 1970.
    private var ends: [SAIdentifier: UInt64] = [:]

    /// Takes in what was read of all SAs.
    mutating func take(_ view: KernelView, now: UInt64) {
        // An end that was not heard of is still to be told.
        let untold = Set(ended(view, now: now))
        (foreign, ends) = ([:], ends.filter { untold.contains($0.key) })
        for name in view.foreignNames { foreign[name.identifier, default: []].append(name.name) }
        for found in view.associations where !found.isParked && found.state.lifetime.hardSeconds != 0 {
            ends[found.identifier] = found.state.use.added + found.state.lifetime.hardSeconds
        }
    }

    func foreignNames(of identifier: SAIdentifier) -> [XfrmName] { foreign[identifier] ?? [] }

    /// The SAs that had to end by now, and are not there.
    func ended(_ view: KernelView, now: UInt64) -> [SAIdentifier] {
        let due = ends.filter { $0.value <= now }.keys
        guard !due.isEmpty else { return [] }
        let present = Set(view.associations.map(\.identifier))
        return due.filter { !present.contains($0) }
    }

    mutating func label(_ association: SecurityAssociation) {
        labels[association.identifier] = Label(name: association.name, user: association.user)
    }

    /// Policies have their names by what they are for.
    mutating func label(_ policy: Policy) { policyNames[PolicyPlace(policy)] = policy.name }

    /// One that lets through what another one lets in has no name of its own.
    func name(_ policy: Policy) -> String {
        policy.isForwarding ? policy.name : policyNames[PolicyPlace(policy)] ?? policy.name
    }

    /// It is called otherwise from now on, and is the same.
    mutating func rename(_ old: SAIdentifier, to new: SAIdentifier) {
        guard old != new else { return }
        if let label = labels.removeValue(forKey: old) ?? negotiated[old] { labels[new] = label }
        if dying.remove(old) != nil { dying.insert(new) }
        ends[old] = nil
    }

    mutating func forget(_ identifier: SAIdentifier) {
        labels[identifier] = nil
        dying.remove(identifier)
        ends[identifier] = nil
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
