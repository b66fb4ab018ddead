/// Which way a packet on the wire went, as seen from the stack.
package enum TapDirection: Hashable, Sendable {
    /// It came in.
    case received
    /// It went out.
    case sent
}
