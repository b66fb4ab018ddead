package import ForwardingPath
import GatewayAPI
package import IPsec

/// The SAs of one gateway: found by identifier at once, listed in the order of name and identifier.
package struct AssociationTable: Hashable, Sendable {
    /// All identifiers, in order.
    package private(set) var identifiers: [SAIdentifier] = []
    private var byIdentifier: [SAIdentifier: MirroredAssociation] = [:]

    /// How many there are, those that have ended among them.
    package var count: Int { identifiers.count }
    /// How many there are that have not ended: what is told as the number of SAs.
    package var liveCount: Int { live.values.reduce(0, +) }
    private var live: [Plane: Int] = [:]

    /// How many of a plane there are that have not ended.
    package func liveCount(on plane: Plane) -> Int { live[plane] ?? 0 }

    /// None.
    init() {}

    /// Those of a snapshot; what is known of the rates of those in `previous` goes on.
    init(_ associations: [ReportedAssociation], previous: AssociationTable, at clock: ClockTime) {
        for reported in associations {
            byIdentifier[reported.identifier] = previous.continued(reported, at: clock)
        }
        for association in byIdentifier.values { count(association, by: 1) }
        let named = byIdentifier.map { (name: $1.reported.name, identifier: $0) }
        identifiers = named.sorted { ($0.name, $0.identifier) < ($1.name, $1.identifier) }.map(\.identifier)
    }

    /// The SA of that identifier.
    package subscript(identifier: SAIdentifier) -> MirroredAssociation? { byIdentifier[identifier] }

    /// Adds an SA or puts it in place of the one with its identifier.
    mutating func set(_ reported: ReportedAssociation, at clock: ClockTime) {
        let identifier = reported.identifier
        let updated = continued(reported, at: clock)
        if let old = byIdentifier[identifier], old.reported.name != reported.name { remove(identifier) }
        let replaced = byIdentifier.updateValue(updated, forKey: identifier)
        count(updated, by: 1)
        if let replaced { count(replaced, by: -1) }
        if replaced == nil {
            identifiers.insert(identifier, at: place(of: identifier, named: reported.name))
        }
    }

    /// Takes an SA out.
    mutating func remove(_ identifier: SAIdentifier) {
        guard let old = byIdentifier[identifier] else { return }
        identifiers.remove(at: place(of: identifier, named: old.reported.name))
        byIdentifier[identifier] = nil
        count(old, by: -1)
    }

    /// Takes in the counters of an SA; returns how many packets more it has, `nil` when there is no such SA.
    mutating func take(_ traffic: ReportedTraffic, of identifier: SAIdentifier, at clock: ClockTime) -> UInt64? {
        byIdentifier[identifier]?.take(traffic, at: clock)
    }

    private mutating func count(_ association: MirroredAssociation, by step: Int) {
        guard association.isLive else { return }
        let count = liveCount(on: association.reported.plane) + step
        live[association.reported.plane] = count == 0 ? nil : count
    }

    private func continued(_ reported: ReportedAssociation, at clock: ClockTime) -> MirroredAssociation {
        guard var known = byIdentifier[reported.identifier] else { return MirroredAssociation(reported, at: clock) }
        _ = known.take(reported.traffic, at: clock)
        known.reported = reported
        return known
    }

    /// Where an identifier stands, or would stand.
    private func place(of identifier: SAIdentifier, named name: String) -> Int {
        var (low, high) = (0, identifiers.count)
        while low < high {
            let middle = (low + high) / 2
            let other = identifiers[middle]
            let otherName = byIdentifier[other]?.reported.name ?? ""
            if (otherName, other) < (name, identifier) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
