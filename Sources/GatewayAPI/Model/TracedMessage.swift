package import ContextTransfer
package import ForwardingPath

/// One CXTP message that a gateway sent or received, decoded and without keys.
package struct TracedMessage: Hashable, Sendable {
    /// Counts up by one while the daemon runs; a gap is messages left out.
    package var number: UInt64
    /// When.
    package var clock: ClockTime
    /// Which way it went.
    package var direction: TraceDirection
    /// The node at the other end of the connection.
    package var peer: NodeName
    /// CXTP's number for its type.
    package var type: UInt8
    /// The type's name.
    package var typeName: String
    /// The move that it belongs to.
    package var move: MoveID?
    /// Octets on the wire, the header included.
    package var bytes: UInt32
    /// In their order.
    package var fields: [TracedField]

    /// From its parts.
    package init(
        number: UInt64, clock: ClockTime, direction: TraceDirection, peer: NodeName, type: UInt8, typeName: String,
        move: MoveID?, bytes: UInt32, fields: [TracedField]
    ) {
        self.number = number
        self.clock = clock
        self.direction = direction
        self.peer = peer
        self.type = type
        self.typeName = typeName
        self.move = move
        self.bytes = bytes
        self.fields = fields
    }
}
