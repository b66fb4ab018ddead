import NIOCore

/// What a stranger or a broken peer can take of this daemon: times and sizes.
package struct PeerLimits: Hashable, Sendable {
    /// How long a connection may take to authenticate.
    package var handshake: Duration = .seconds(30)
    /// How long a message may take from its first octet to its last.
    package var message: Duration = .seconds(30)
    /// How many connections may be unauthenticated at a time; a new one displaces the oldest.
    package var unauthenticated: Int = 256
    /// How many messages wait for one peer; a new one displaces the oldest.
    package var outgoing: Int = 4_096
    /// How many received messages wait for this daemon; what comes after is dropped.
    package var incoming: Int = 8_192

    /// The values of a daemon.
    package init() {}
}

extension PeerLimits {
    /// How long a TCP connection may take.
    static let connect = TimeAmount.seconds(5)
    /// How long a closing connection waits for the other side's goodbye.
    static let goodbye = TimeAmount.milliseconds(500)
}
