package import ContextTransfer

/// An entry of a gateway's audit trail or log.
package struct ReportedEvent: Hashable, Sendable {
    /// Counts up by one at its gateway, from 1.
    package var number: UInt64
    /// When.
    package var clock: ClockTime
    /// What it is about.
    package var kind: EventKind
    /// Who did it; empty where it was the gateway itself.
    package var actor: String
    /// What, as one word.
    package var action: String
    /// Names of the SAs that it is about.
    package var associations: [String]
    /// The move that it is about.
    package var move: MoveID?
    /// The command line that does the same; empty where there is none.
    package var command: String
    /// One sentence for an operator.
    package var text: String

    /// From its parts.
    package init(
        number: UInt64, clock: ClockTime, kind: EventKind, actor: String = "", action: String,
        associations: [String] = [], move: MoveID? = nil, command: String = "", text: String
    ) {
        self.number = number
        self.clock = clock
        self.kind = kind
        self.actor = actor
        self.action = action
        self.associations = associations
        self.move = move
        self.command = command
        self.text = text
    }
}
