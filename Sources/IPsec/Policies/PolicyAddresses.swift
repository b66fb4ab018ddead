/// The addresses for which policies are looked up: a policy that names single hosts is found through them.
struct PolicyAddresses: Hashable, Sendable {
    let direction: Direction
    /// `nil` where more than one address matches.
    let source: IPAddress?
    let destination: IPAddress?

    /// One for each selector, without repetition.
    static func of(_ policy: Policy) -> Set<PolicyAddresses> {
        Set(
            policy.selectors.map {
                PolicyAddresses(
                    direction: policy.direction, source: $0.source.isSingle ? $0.source.lower : nil,
                    destination: $0.destination.isSingle ? $0.destination.lower : nil)
            })
    }

    /// Under which a policy for `packet` may be found.
    static func matching(_ packet: PacketDescription, _ direction: Direction) -> [PolicyAddresses] {
        [
            PolicyAddresses(direction: direction, source: packet.source, destination: packet.destination),
            PolicyAddresses(direction: direction, source: packet.source, destination: nil),
            PolicyAddresses(direction: direction, source: nil, destination: packet.destination),
            PolicyAddresses(direction: direction, source: nil, destination: nil),
        ]
    }
}
