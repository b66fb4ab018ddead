package import ContextTransfer

extension APIApproveRequest: WireMessage {
    /// The message that agrees to a move.
    package init(_ model: MoveID) {
        self.init()
        id = model.description
    }

    /// The move.
    package var model: MoveID {
        get throws(MessageError) { try MoveID(id).valid("id", id) }
    }
}
