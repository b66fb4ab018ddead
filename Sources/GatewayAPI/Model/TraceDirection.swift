/// Which way a CXTP message went, as seen from the gateway; the raw value is its word.
package enum TraceDirection: String, Hashable, Sendable, CaseIterable {
    /// From a peer.
    case received
    /// To a peer.
    case sent
}
