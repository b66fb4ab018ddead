package import ForwardingPath
package import IPsec

/// What a plan does with one SA, as the API tells it.
package struct ReportedPlanEntry: Hashable, Sendable {
    /// The SA.
    package var name: String
    /// The plane whose paths decided.
    package var plane: Plane
    /// `nil` while it is not known or where it is not defined.
    package var type: SAType?
    /// What happens to it.
    package var action: PlannedAction
    /// Which of its ends go where; empty unless it moves.
    package var relocations: [Relocation]
    /// `nil` where the SA is not there yet.
    package var spi: SPI?
    /// Whether the SPI stays the same; `false` also where a conflict has to be settled first.
    package var keepsSPI: Bool
    /// Its algorithms.
    package var suite: AlgorithmSuite
    /// A better suite that renegotiation could bring.
    package var upgrade: AlgorithmSuite?
    /// Path MTU now, in octets.
    package var pathMTUBefore: UInt16?
    /// Path MTU at the new gateway, in octets, where that is known.
    package var pathMTUAfter: UInt16?
    /// Why type and action are as they are, where the type alone does not say so: sentences without full stop.
    package var reasons: [String]
    /// Why it has its type: a sentence without full stop; `nil` where it has none.
    package var typeReason: String?
    /// Shared by SAs that move together or not at all; `nil` for one that is alone.
    package var group: String?
    /// What MN is told: a sentence without full stop; empty where it has no part in it.
    package var told = ""
    /// What could go wrong: sentences without full stop.
    package var risks: [String] = []
    /// Whether the new gateway is said to support its algorithms; `nil` where nothing is said.
    package var isSuiteAccepted: Bool?
    /// For each of its relocations the octets of the context that crosses, `nil` where the gateway did not tell; empty where
    /// nothing does.
    package var contextOctets: [UInt64?] = []
    /// Whether the gateway that would take it says now that it would not; a drain tries it nevertheless.
    package var isRefusedNow = false
    /// The previous router that has to be asked to move it, with the rest of its bundle; `nil` where it is no such SA.
    package var leader: NodeName?

    /// A plan's word on an SA with those algorithms; SPI, upgrade and MTU are for the gateway to add.
    package init(_ planned: PlannedAssociation, suite: AlgorithmSuite) {
        name = planned.name
        plane = planned.plane
        type = planned.type
        action = planned.action
        relocations = planned.relocations
        keepsSPI =
            switch planned.action {
            case .move: if case .spiReassigned = planned.reason { false } else { true }
            case .none, .pending: true
            case .renegotiate, .conflict: false
            }
        self.suite = suite
        reasons = [planned.reason?.description].compactMap(\.self)
        typeReason = planned.whyType
        group = planned.group
        switch planned.reason {
        case .refused, .goesWithRefused: isRefusedNow = planned.action == .move
        case .partsBundle(_, _, let router): leader = router
        default: break
        }
    }

    /// Why it is planned as it is: for reasons of its own, or else by its type.
    package var why: [String] { reasons.isEmpty ? [typeReason].compactMap(\.self) : reasons }
}
