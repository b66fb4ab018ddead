/// What names one event of one gateway.
struct EventKey: Hashable, Sendable {
    /// Where it happened.
    let gateway: GatewayLabel
    /// Its number there.
    let number: UInt64
}
