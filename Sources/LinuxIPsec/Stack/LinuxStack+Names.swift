package import IPsec

extension LinuxStack {
    package func turnPolicies(_ changes: [SAIdentifier: SAIdentifier]) async throws {
        let view = try freshView()
        let places = Dictionary(view.associations.map { ($0.identifier, $0.state) }) { first, _ in first }
        var turned: [XfrmPolicy] = []
        for var policy in try database.policies() {
            for (old, new) in changes {
                guard let old = places[old], let new = places[new] else { continue }
                for index in policy.templates.indices where policy.templates[index].names(old) {
                    policy.templates[index].requestID = new.requestID
                    if policy.templates[index].spi != 0 { policy.templates[index].spi = new.spi }
                    policy.templates[index].source = new.source
                    policy.templates[index].destination = new.destination
                    turned.append(policy)
                }
            }
        }
        try check(try database.add(turned, replaces: true))
    }

    package func adopt(_ names: [SAIdentifier: SAIdentifier]) async throws {
        guard let first = names.keys.first else { return }
        throw StackError.unsupported(first, "the kernel takes an SA's packets by one name only")
    }

    package func retireOldNames(of identifiers: [SAIdentifier]) async throws {}

    package func update(_ updates: [GatewayUpdate]) async throws {
        guard let first = updates.first else { return }
        throw StackError.unsupported(first.identifier, "the kernel's SAs keep their names")
    }
}
