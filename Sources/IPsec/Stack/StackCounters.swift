/// Packets that a whole stack refused, which no SA can count.
package struct StackCounters: Hashable, Sendable {
    /// No SA has the packet's SPI, destination and protocol.
    package var unknownSPI: UInt64 = 0
    /// No policy matched, so the packet was discarded.
    package var noPolicy: UInt64 = 0
    /// A policy said discard.
    package var discarded: UInt64 = 0
    /// The packet was not well formed.
    package var malformed: UInt64 = 0
    /// A policy protects this traffic, but the packet came in the clear (RFC 4301 section 5.2).
    package var unprotected: UInt64 = 0
    /// A policy protects this traffic, but its SA is not there or has ended.
    package var noAssociation: UInt64 = 0
    /// Lost in a move: nowhere to forward to, or more than may be held.
    package var droppedInMove: UInt64 = 0
    /// An IP tunnel's packet that came from none of the other gateways.
    package var refusedTunnels: UInt64 = 0
    /// Time to live or hop limit used up.
    package var hopLimitReached: UInt64 = 0
    /// Larger than the path of their SA takes, and not to be fragmented: their senders were told.
    package var tooBig: UInt64 = 0

    package init() {}
}
