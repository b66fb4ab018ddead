/// Why an SA ended by itself.
package enum EndReason: Hashable, Sendable {
    /// Its hard lifetime is reached (RFC 4301 section 4.4.2.1).
    case hardLifetime
    /// Its last sequence number is used up (RFC 4303 section 3.3.3).
    case sequenceOverflow

    /// In an operator's words, after "SA … ended:".
    package var text: String {
        switch self {
        case .hardLifetime: "its hard lifetime is reached"
        case .sequenceOverflow: "its last sequence number is used up"
        }
    }
}
