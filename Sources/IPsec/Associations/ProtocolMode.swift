/// What an SA encloses (RFC 4301 section 4.1).
package enum ProtocolMode: UInt8, Hashable, Sendable, CaseIterable {
    /// The payload of a packet between two hosts.
    case transport = 1
    /// A whole packet, in a new one between the SA's ends.
    case tunnel = 2

    /// `transport` or `tunnel`.
    package var name: String { self == .transport ? "transport" : "tunnel" }
}
