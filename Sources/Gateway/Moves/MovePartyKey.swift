package import ContextTransfer

/// What names one party of one move at a node: a node may play two roles in a move.
package struct MovePartyKey: Hashable, Sendable {
    package let id: MoveID
    package let role: MoveRole

    package init(id: MoveID, role: MoveRole) {
        (self.id, self.role) = (id, role)
    }
}
