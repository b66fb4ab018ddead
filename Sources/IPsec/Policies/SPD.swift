/// The Security Policy Database of one gateway: ordered, the first match decides (RFC 4301 section 4.4.1).
///
/// Users' policies come before the operator's, each in the order in which they were added. What is done with one
/// policy takes as long however many there are; to find that for a packet, only those are looked at that do not name
/// hosts, and those that name the packet's.
package struct SPD: Equatable, Sendable {
    private var users = PolicyList()
    private var operators = PolicyList()

    package init() {}

    /// The entries, first match first.
    package var policies: [Policy] { users.inOrder + operators.inOrder }

    /// The policy for a packet: the first that matches it, among those of which `isWanted` is true; `nil` when none does,
    /// which means that the packet is discarded.
    package func policy(
        for packet: PacketDescription, _ direction: Direction, where isWanted: (Policy) -> Bool = { _ in true }
    ) -> Policy? {
        users.first(for: packet, direction, where: isWanted) ?? operators.first(for: packet, direction, where: isWanted)
    }

    /// The policy of that name; `nil` when there is none.
    package func policy(named name: String) -> Policy? { users[name] ?? operators[name] }

    /// The policies that use an SA.
    package func policies(using identifier: SAIdentifier) -> [Policy] {
        users.policies(using: identifier) + operators.policies(using: identifier)
    }

    /// Adds a policy before the operator's bypass and discard entries if it is a user's, else at the end; `false`,
    /// and nothing changes, when its name is in use.
    package mutating func insert(_ policy: Policy) -> Bool {
        guard self.policy(named: policy.name) == nil else { return false }
        switch policy.origin {
        case .user: users.append(policy)
        case .static: operators.append(policy)
        }
        return true
    }

    /// The policy of that name, if it uses an SA, uses that one from now on, at its place.
    package mutating func turn(named name: String, to identifier: SAIdentifier) {
        users.turn(named: name, to: identifier)
        operators.turn(named: name, to: identifier)
    }

    /// The policies that use an SA use it under another name from now on, at their places.
    package mutating func rename(_ old: SAIdentifier, to new: SAIdentifier) {
        users.rename(old, to: new)
        operators.rename(old, to: new)
    }

    /// Takes out the policy of that name; `nil` when there is none.
    @discardableResult
    package mutating func remove(named name: String) -> Policy? {
        users.remove(named: name) ?? operators.remove(named: name)
    }
}
