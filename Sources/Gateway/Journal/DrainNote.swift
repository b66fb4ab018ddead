package import ContextTransfer
package import GatewayAPI

/// What a gateway must still know after a restart of the drain that is under way; which SAs are left is looked up anew.
package struct DrainNote: Hashable, Sendable {
    /// What names the drain in its moves.
    package let id: MoveID
    package let order: MoveOrder
    package let requestedBy: String
    /// When it began.
    package let start: ClockTime

    package init(id: MoveID, order: MoveOrder, requestedBy: String, start: ClockTime) {
        (self.id, self.order, self.requestedBy, self.start) = (id, order, requestedBy, start)
    }
}
