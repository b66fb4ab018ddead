/// Why octets are no message of ours, or a value cannot be put into one.
///
/// The facts are numbers and names of fields, never contents: an error may be logged.
package enum WireError: Error, Hashable, Sendable {
    /// The octets end before the value does.
    case truncated(needed: Int, available: Int)
    /// Octets are left after the last value.
    case trailing(octets: Int)
    case unknownVersion(UInt8)
    case unknownType(UInt8)
    case unknownBlock(UInt16)
    /// A reserved bit, a padding octet or an unassigned presence bit is not zero.
    case reservedBitsSet
    /// A length that cannot be: the message's own, or a block's.
    case badLength(stated: Int, actual: Int)
    /// A field that is always there is not.
    case missing(WireField)
    /// A value that the field may not have.
    case badValue(WireField)
    /// The right value, written in a way that the encoder does not use.
    case notCanonical(WireField)
    /// A block that does not belong into this message, or not at this place.
    case unexpectedBlock(UInt16)
    /// The context needs more than the 2,040 octets of a block.
    case blockTooLarge(octets: Int)
    /// The message needs more than 65,535 octets.
    case messageTooLarge(octets: Int)
    case tooMany(WireField, limit: Int)
    /// A part that does not follow the one before it.
    case unexpectedPart
    /// The message is one of several parts: for ``EnvelopeAssembler``.
    case isPart
}
