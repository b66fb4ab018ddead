/// What names one negotiation for ever: 128 random bits.
package struct KeyExchangeID: Hashable, Sendable {
    // Two halves for the reason that `IPAddress` has.
    package let upper: UInt64
    package let lower: UInt64

    package init(upper: UInt64, lower: UInt64) { (self.upper, self.lower) = (upper, lower) }

    /// A name that no other negotiation has.
    package static func random() -> KeyExchangeID {
        KeyExchangeID(upper: .random(in: .min ... .max), lower: .random(in: .min ... .max))
    }
}
