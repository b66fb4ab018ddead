/// What happened to the packets of one SA at the gateway that has it. Counters start at zero with each install.
package struct SACounters: Hashable, Sendable {
    /// Packets and payload octets that passed.
    package var packets: UInt64 = 0
    package var bytes: UInt64 = 0
    /// Packets refused as seen before or left of the window.
    package var replays: UInt64 = 0
    /// Packets whose integrity check failed.
    package var integrityFailures: UInt64 = 0
    /// Packets that decrypted well but did not match the SA's selectors (RFC 4301 section 5.2).
    package var selectorMismatches: UInt64 = 0

    package init() {}
}
