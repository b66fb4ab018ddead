/// One SA as its stack sees it now: for the screen and the API, where it goes without its keys.
package struct AssociationStatus: Equatable, Sendable {
    package var association: SecurityAssociation
    package var phase: SAPhase
    package var counters: SACounters

    package init(association: SecurityAssociation, phase: SAPhase, counters: SACounters) {
        self.association = association
        self.phase = phase
        self.counters = counters
    }
}
