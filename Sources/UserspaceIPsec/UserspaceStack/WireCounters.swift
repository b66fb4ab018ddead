/// What the virtual wire itself lost.
package struct WireCounters: Hashable, Sendable {
    /// Packets for which the owner has no route.
    package var unroutable: UInt64 = 0
    /// Packets that the system did not take: its buffers were full, or they were too large for a datagram.
    package var unsent: UInt64 = 0

    /// Nothing lost yet.
    package init() {}
}
