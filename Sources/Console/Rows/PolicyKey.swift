/// What names one policy at one gateway.
struct PolicyKey: Hashable, Sendable {
    /// Where it is.
    let gateway: GatewayLabel
    /// Its name there.
    let name: String
    /// Where it stood in the order when the key was made: where to look first.
    let place: Int

    /// The place is no part of the name.
    static func == (left: PolicyKey, right: PolicyKey) -> Bool {
        left.gateway == right.gateway && left.name == right.name
    }

    /// The place is no part of the name.
    func hash(into hasher: inout Hasher) {
        hasher.combine(gateway)
        hasher.combine(name)
    }
}
