package import ContextTransfer

extension APIDenyRequest: WireMessage {
    /// The message that refuses a move.
    package init(_ model: MoveID) {
        self.init()
        id = model.description
    }

    /// The move.
    package var model: MoveID {
        get throws(MessageError) { try MoveID(id).valid("id", id) }
    }
}
