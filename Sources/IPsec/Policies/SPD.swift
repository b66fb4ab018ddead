/// The Security Policy Database of one gateway: ordered, the first match decides (RFC 4301 section 4.4.1).
package struct SPD: Equatable, Sendable {
    /// The entries, first match first.
    package private(set) var policies: [Policy] = []

    package init() {}

    /// The policy for a packet; `nil` when none matches, which means that the packet is discarded.
    package func policy(for packet: PacketDescription, _ direction: Direction) -> Policy? {
        policies.first { $0.direction == direction && $0.matches(packet) }
    }

    /// Adds a policy before the operator's bypass and discard entries if it is a user's, else at the end; `false`,
    /// and nothing changes, when its name is in use.
    package mutating func insert(_ policy: Policy) -> Bool {
        guard !policies.contains(where: { $0.name == policy.name }) else { return false }
        var index = policies.endIndex
        if case .user = policy.origin { index = policies.firstIndex { $0.origin == .static } ?? index }
        policies.insert(policy, at: index)
        return true
    }

    /// Takes out the policy of that name; `nil` when there is none.
    @discardableResult
    package mutating func remove(named name: String) -> Policy? {
        policies.firstIndex { $0.name == name }.map { policies.remove(at: $0) }
    }

    /// The policies that use an SA.
    package func policies(using identifier: SAIdentifier) -> [Policy] {
        policies.filter { $0.association == identifier }
    }
}
