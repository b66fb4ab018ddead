import IPsec

/// SAs that move together or not at all: so far the two directions of one pair (draft section 5.3).
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
        return associations.indices.filter { !seconds.contains($0) }.map { index in
            AssociationGroup(members: [index] + (partner[index].map { [$0] } ?? []))
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
