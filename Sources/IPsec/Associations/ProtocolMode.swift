/// What an SA encloses (RFC 4301 section 4.1).
package enum ProtocolMode: UInt8, Hashable, Sendable, CaseIterable {
    /// The payload of a packet between two hosts.
    case transport = 1
    /// A whole packet, in a new one between the SA's ends.
    case tunnel = 2
    /// One that is not of RFC 4301, such as BEET: such an SA is shown, and stays where it is.
    case other = 255

    /// The modes of RFC 4301, which SAs that move can have.
    package static let standard: [ProtocolMode] = [.transport, .tunnel]

    /// `transport`, `tunnel` or `other`.
    package var name: String {
        switch self {
        case .transport: "transport"
        case .tunnel: "tunnel"
        case .other: "other"
        }
    }
}
