package import ContextTransfer

extension APIAbortRequest: WireMessage {
    /// The message that stops a move.
    package init(_ model: MoveID) {
        self.init()
        id = model.description
    }

    /// The move.
    package var model: MoveID {
        get throws(MessageError) { try MoveID(id).valid("id", id) }
    }
}
