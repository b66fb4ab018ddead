/// The number of a packet of one SA: 64 bits, of which the lower 32 are sent (RFC 4303 section 2.2.1).
///
/// Without extended sequence numbers only 1 to 2³²−1 are used.
package struct SequenceNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let value: UInt64

    package init(_ value: UInt64) { self.value = value }

    /// The part that is on the wire.
    package var low: UInt32 { UInt32(truncatingIfNeeded: value) }
    /// The part that extended sequence numbers add to the integrity check.
    package var high: UInt32 { UInt32(truncatingIfNeeded: value >> 32) }

    /// The last number that an SA may use: a sender never cycles (RFC 4303 section 3.3.3).
    package static func last(extended: Bool) -> SequenceNumber {
        SequenceNumber(extended ? .max : UInt64(UInt32.max))
    }

    package static func < (left: SequenceNumber, right: SequenceNumber) -> Bool { left.value < right.value }
    package var description: String { String(value) }
}
