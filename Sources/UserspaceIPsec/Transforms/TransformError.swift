package import IPPackets

/// Why a packet was not sealed or opened.
package enum TransformError: Error, Equatable, Sendable {
    /// The integrity check failed: the packet was changed, or another key made it.
    case integrity
    /// Shorter than header, IV, trailer and ICV, or not a multiple of the cipher's block.
    case truncated
    /// The integrity check passed, but the padding is not 1, 2, 3, … (RFC 4303 section 2.4).
    case padding
    /// What came out is not what the SA's mode can carry, for example no IP packet in tunnel mode.
    case unexpectedContent(nextHeader: UInt8)
    /// Congestion was marked on a packet whose sender cannot be told (RFC 6040 section 4.2).
    case congestionUnmarked
    /// A transport mode SA was given a packet that is not between its two ends.
    case notBetweenTheEnds
    /// The AH header states a length that the integrity algorithm cannot have.
    case wrongPayloadLength(UInt8)
    /// The packet itself, before or after.
    case packet(PacketError)
    /// The cipher refused its input; with keys and lengths checked beforehand this does not happen.
    case cipher
}

extension TransformError {
    /// Calls `body`; a packet that is not well formed becomes ``packet(_:)``.
    static func about<Result>(_ body: () throws(PacketError) -> Result) throws(TransformError) -> Result {
        do { return try body() } catch { throw .packet(error) }
    }
}
