/// How a mobile node knows the gateway of its SAs (draft section 6.2); the raw value is its word in files.
package enum GatewayIdentity: String, Hashable, Sendable, CaseIterable {
    /// By a virtual address, which moves with the SAs: it is told nothing.
    case indirect
    /// By the gateway's own address: it is told the new one.
    case direct
}
