/// What is set when an SA is established and never changes (draft section 7.3.1), with the keys.
///
/// This is the part of the context that crosses while traffic still flows.
package struct StaticAttributes: Equatable, Sendable {
    package var mode: ProtocolMode
    package var keys: KeyedSuite
    /// Whether sequence numbers have 64 bits (RFC 4303 section 2.2.1).
    package var extendedSequenceNumbers = false
    /// The overflow flag: whether the SA ends when its numbers run out; if not, it goes on without anti-replay at the
    /// receiver's choice (RFC 4301 section 4.4.2.1). Ferry's stacks always end it.
    package var endsAtOverflow = true
    /// Packets in the replay window; `nil` when the receiver has anti-replay off.
    package var replayWindowSize: Int? = 64
    /// When the SA is to be renegotiated.
    package var softLifetime = Lifetime.unlimited
    /// When the SA ends.
    package var hardLifetime = Lifetime.unlimited
    /// The traffic that the SA is for; empty only for an SA that its policy alone selects.
    package var selectors: [TrafficSelector] = []
    /// UDP encapsulation, where a NAT or a plain socket needs it.
    package var encapsulation: UDPEncapsulation?
    /// Whether the inner DSCP is copied to the outer header in tunnel mode.
    package var copiesDSCP = true
    /// What the outer Don't Fragment bit becomes in tunnel mode.
    package var dontFragment = DontFragment.copy

    package init(mode: ProtocolMode, keys: KeyedSuite) {
        self.mode = mode
        self.keys = keys
    }
}
