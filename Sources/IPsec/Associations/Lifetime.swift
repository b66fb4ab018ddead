/// How long an SA may be used: whichever limit is reached first; `nil` means no limit (RFC 4301 section 4.4.2.1).
package struct Lifetime: Hashable, Sendable {
    /// Since the SA was established.
    package var seconds: UInt64?
    /// Of payload protected.
    package var bytes: UInt64?
    package var packets: UInt64?

    package init(seconds: UInt64? = nil, bytes: UInt64? = nil, packets: UInt64? = nil) {
        (self.seconds, self.bytes, self.packets) = (seconds, bytes, packets)
    }

    /// A lifetime without limits.
    package static let unlimited = Lifetime()

    /// Whether `use` has reached a limit.
    package func isReached(by use: LifetimeUse) -> Bool {
        if let seconds, use.age >= .seconds(Int64(clamping: seconds)) { return true }
        if let bytes, use.bytes >= bytes { return true }
        if let packets, use.packets >= packets { return true }
        return false
    }
}
