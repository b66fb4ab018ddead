/// One SA as its stack sees it now: for the screen and the API, where it goes without its keys.
package struct AssociationStatus: Equatable, Sendable {
    package var association: SecurityAssociation
    package var phase: SAPhase
    package var counters: SACounters
    /// Why it cannot be moved; `nil` where nothing keeps it.
    package var obstacle: MoveObstacle?
    /// What the stack has of it that no attribute stands for, such as `mark 0x5/0xff`: for people.
    package var particulars: [String]

    package init(
        association: SecurityAssociation, phase: SAPhase, counters: SACounters, obstacle: MoveObstacle? = nil,
        particulars: [String] = []
    ) {
        self.association = association
        self.phase = phase
        self.counters = counters
        self.obstacle = obstacle
        self.particulars = particulars
    }
}
