package import IPsec

/// The kernel's SAs by what charon calls them.
package struct AssociationNames: Equatable, Sendable {
    private var names: [SAIdentifier: AssociationName] = [:]

    /// The names of what charon listed; `realm` is the one that charon's addresses belong to.
    ///
    /// An inbound SA goes to this end's address, an outbound one to the far end's, as in charon's own calls to the
    /// kernel. What charon has no address or protocol for has no SA in the kernel yet.
    package init(_ associations: [IKEAssociation], realm: Realm = .default) {
        for ike in associations {
            for child in ike.children {
                for (direction, identifier) in ike.halves(of: child, realm: realm) {
                    names[identifier] = AssociationName(
                        name: "\(child.name)-\(direction == .inbound ? "in" : "out")", user: ike.user, ike: ike.id,
                        child: child.id, requestID: child.reqid)
                }
            }
        }
    }

    /// What charon calls that SA; `nil` where charon did not negotiate it.
    package subscript(_ identifier: SAIdentifier) -> AssociationName? { names[identifier] }

    /// All of them.
    package var all: [SAIdentifier: AssociationName] { names }

    /// How many SAs have a name.
    package var count: Int { names.count }
}
