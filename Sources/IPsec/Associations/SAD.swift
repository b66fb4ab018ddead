/// The Security Association Database of one gateway (RFC 4301 section 4.4.2).
package struct SAD: Sendable {
    private var entries: [SAIdentifier: SecurityAssociation] = [:]

    package init() {}

    /// The number of SAs.
    package var count: Int { entries.count }
    /// Every SA, in the order of its identifier.
    package var all: [SecurityAssociation] { entries.values.sorted { $0.identifier < $1.identifier } }

    /// The SA that a packet with that SPI, destination and protocol belongs to.
    package subscript(identifier: SAIdentifier) -> SecurityAssociation? { entries[identifier] }

    /// Adds an SA; `false`, and nothing changes, when its identifier is in use.
    package mutating func insert(_ association: SecurityAssociation) -> Bool {
        guard entries[association.identifier] == nil else { return false }
        entries[association.identifier] = association
        return true
    }

    /// Changes an SA in place; `nil` when there is none. The identifier must stay.
    package mutating func update<Result>(
        _ identifier: SAIdentifier, _ change: (inout SecurityAssociation) -> Result
    ) -> Result? {
        guard let index = entries.index(forKey: identifier) else { return nil }
        let result = change(&entries.values[index])
        precondition(entries.values[index].identifier == identifier, "An SA's identifier is its key in the SAD.")
        return result
    }

    /// Takes an SA out; `nil` when there is none.
    @discardableResult
    package mutating func remove(_ identifier: SAIdentifier) -> SecurityAssociation? {
        entries.removeValue(forKey: identifier)
    }
}
