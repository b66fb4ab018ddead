/// Which part of a datagram a packet holds.
package enum FragmentPosition: Hashable, Sendable {
    /// The whole datagram.
    case whole
    /// The first of several: it has the next layer's ports.
    case first
    /// A later one: its ports are opaque (RFC 4301 section 4.4.1.1).
    case later
}
