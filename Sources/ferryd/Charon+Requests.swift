import ContextTransfer
import Gateway
import IPsec
import StrongSwan

/// What charon is asked for.
extension Charon {
    /// Has it renew the child SAs of which these are halves, unless it does so already.
    func renew(_ identifiers: [SAIdentifier]) async throws(IKERefusal) {
        let associations = try await associations()
        let children = Dictionary(
            identifiers.compactMap { associations.child(with: $0)?.child }.map { ($0.id, $0) }
        ) { first, _ in first }
        guard !children.isEmpty else { throw IKERefusal("charon does not have these SAs") }
        do throws(ViciFailure) {
            for child in children.values where child.state == .installed { try await strongSwan.rekey(child: child.id) }
        } catch { throw IKERefusal(error) }
    }

    private func associations() async throws(IKERefusal) -> [IKEAssociation] {
        do throws(ViciFailure) { return try await strongSwan.associations() } catch { throw IKERefusal(error) }
    }

    /// Has it negotiate a child of its configuration; there is nothing to do where it has it.
    func negotiate(_ child: ConfiguredChild) async throws(IKERefusal) {
        let present = try await associations().filter { $0.name == child.connection }.flatMap(\.children)
        if present.contains(where: { $0.name == child.child && $0.state == .installed }) { return }
        do throws(ViciFailure) {
            try await strongSwan.initiate(child: child.child, of: child.connection, within: Self.negotiation)
        } catch { throw IKERefusal(error) }
    }

    /// With whom it has child SAs.
    func users() async throws(IKERefusal) -> [IKEUser] {
        try await associations().map { ike in
            let children = ike.children.filter { $0.state == .installed || $0.state == .rekeying }
            var configured: [ConfiguredChild] = []
            for child in children.map({ ConfiguredChild(connection: ike.name, child: $0.name) })
            where !configured.contains(child) { configured.append(child) }
            return IKEUser(
                number: ike.id.number, name: ike.user, children: configured,
                associations: children.flatMap { ike.halves(of: $0).map(\.1) })
        }
    }

    /// Ends an IKE SA with its child SAs, and tells the user.
    func end(_ user: IKEUser) async throws(IKERefusal) {
        guard let id = IKEAssociation.ID(user.number) else { return }
        do throws(ViciFailure) {
            try await strongSwan.terminate(ike: id, force: false, within: Self.negotiation)
        } catch { throw IKERefusal(error) }
    }
}

extension IKERefusal {
    init(_ failure: ViciFailure) { self.init("charon: \(failure)") }
}
