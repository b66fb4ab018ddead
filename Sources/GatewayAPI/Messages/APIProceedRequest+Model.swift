package import ContextTransfer

extension APIProceedRequest: WireMessage {
    /// The message that lets a move step on.
    package init(_ model: MoveID) {
        self.init()
        id = model.description
    }

    /// The move.
    package var model: MoveID {
        get throws(MessageError) { try MoveID(id).valid("id", id) }
    }
}
