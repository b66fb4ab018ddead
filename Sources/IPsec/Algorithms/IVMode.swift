/// How the IV of a packet comes about (draft section 7.3, "IV mode").
package enum IVMode: UInt8, Hashable, Sendable {
    /// The algorithm has none.
    case none = 0
    /// Unpredictable, fresh for each packet.
    case random = 1
    /// The 64-bit sequence number, so that a nonce is used twice only if a number is.
    case sequenceNumber = 2
}
