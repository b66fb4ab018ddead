package import ContextTransfer
package import ForwardingPath

/// What went over the wire for one step of a move between two nodes: never a context, and so never a key.
package struct TracedMessage: Hashable, Sendable {
    /// Counts up by one at the gateway that tells it, since its start; from 1.
    package var number: UInt64
    /// When it was sent, or had been received as a whole.
    package var clock: ClockTime
    /// Whether the gateway that tells it sent it; else it received it.
    package var isSent: Bool
    /// The node that sent it.
    package var from: NodeName
    /// The node that it is for.
    package var to: NodeName
    /// The move that it is about.
    package var move: MoveID
    /// Its name, such as `prepare`.
    package var name: String
    /// The name of its message type, such as `PCTD`.
    package var type: String
    /// What it holds, in words: counts, names, verdicts, reasons.
    package var summary: String
    /// Of all messages that carry it, in octets, headers included.
    package var octets: Int
    /// How many messages carry it.
    package var messages: Int

    /// What is told of an envelope; number and clock are for the log to add.
    package init(
        _ envelope: MoveEnvelope, isSent: Bool, from: NodeName, to: NodeName, octets: Int, messages: Int,
        clock: ClockTime = .init(milliseconds: 0)
    ) {
        number = 0
        self.clock = clock
        (self.isSent, self.from, self.to, move) = (isSent, from, to, envelope.id)
        (name, type, summary) = (envelope.message.name, envelope.message.typeName, envelope.message.summary)
        (self.octets, self.messages) = (octets, messages)
    }

    /// From its parts.
    init(
        number: UInt64, clock: ClockTime, isSent: Bool, from: NodeName, to: NodeName, move: MoveID, name: String,
        type: String, summary: String, octets: Int, messages: Int
    ) {
        (self.number, self.clock, self.isSent, self.from, self.to) = (number, clock, isSent, from, to)
        (self.move, self.name, self.type, self.summary) = (move, name, type, summary)
        (self.octets, self.messages) = (octets, messages)
    }
}
