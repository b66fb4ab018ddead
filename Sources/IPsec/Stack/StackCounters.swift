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

    package init() {}
}
