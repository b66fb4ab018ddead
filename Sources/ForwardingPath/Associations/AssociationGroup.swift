import IPsec

/// SAs that move to one gateway together: the two directions of one pair, and with it the pairs of its bundle that are
/// in transport mode between the same ends (transport adjacency; draft section 5.3, RFC 2401 section 4.3).
///
/// Every member has its ends at the same two nodes.
package struct AssociationGroup: Hashable, Sendable {
    /// Where the members stand in the list that they were taken from, in its order.
    package let members: [Int]

    /// The members' names with `+` between them; `nil` for an SA that is alone.
    package func name(in associations: [AssociationSpec]) -> String? {
        members.count > 1 ? members.map { associations[$0].name }.joined(separator: "+") : nil
    }

    /// Pairs each SA with the first one after it that is its way back; the others stay alone.
    ///
    /// Groups come in the order of their first members.
    package static func groups(of associations: [AssociationSpec]) -> [AssociationGroup] {
        var waiting: [Way: ArraySlice<Int>] = [:]
        var partner: [Int: Int] = [:]
        for (index, association) in associations.enumerated() {
            let way = Way(of: association)
            if let first = waiting[way.back]?.popFirst() {
                partner[first] = index
            } else if way != way.back {
                waiting[way, default: []].append(index)
            }
        }
        let seconds = Set(partner.values)
        let pairs = associations.indices.filter { !seconds.contains($0) }.map { index in
            [index] + (partner[index].map { [$0] } ?? [])
        }
        return bundles(of: pairs, in: associations).map(AssociationGroup.init)
    }

    /// The pairs with those in transport mode that lie over or under another one between the same ends joined to it.
    private static func bundles(of pairs: [[Int]], in associations: [AssociationSpec]) -> [[Int]] {
        var bundles: [[Int]] = []
        var first: [Ends: Int] = [:]
        for pair in pairs {
            let association = associations[pair[0]]
            let ends = Ends(of: association)
            guard pair.count == 2, association.origin != .static else {
                bundles.append(pair)
                continue
            }
            if let index = first[ends], isAdjacent(association, associations[bundles[index][0]]) {
                bundles[index] = (bundles[index] + pair).sorted()
            } else {
                if first[ends] == nil { first[ends] = bundles.count }
                bundles.append(pair)
            }
        }
        return bundles
    }

    /// Whether one of two SAs between the same ends protects the other's packets: one of them is in transport mode, and
    /// they differ in their protocol.
    private static func isAdjacent(_ first: AssociationSpec, _ second: AssociationSpec) -> Bool {
        (first.mode == .transport || second.mode == .transport)
            && first.suite.securityProtocol != second.suite.securityProtocol
    }

    /// Between which nodes SAs are, and whose they are, whichever end sends.
    private struct Ends: Hashable {
        let nodes: Set<NodeName>
        let plane: Plane
        let origin: PolicyOrigin

        init(of association: AssociationSpec) {
            (nodes, plane, origin) = ([association.from, association.to], association.plane, association.origin)
        }
    }

    /// What two SAs must have in common, from one end to the other, to be one pair.
    private struct Way: Hashable {
        var from: NodeName
        var to: NodeName
        let plane: Plane
        let mode: ProtocolMode
        let securityProtocol: SecurityProtocol
        let origin: PolicyOrigin

        init(of association: AssociationSpec) {
            from = association.from
            to = association.to
            plane = association.plane
            mode = association.mode
            securityProtocol = association.suite.securityProtocol
            origin = association.origin
        }

        var back: Way {
            var back = self
            (back.from, back.to) = (to, from)
            return back
        }
    }
}
