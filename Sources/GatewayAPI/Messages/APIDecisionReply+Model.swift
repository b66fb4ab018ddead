extension APIDecisionReply: WireMessage {
    /// The message for the move after a decision was taken in.
    package init(_ model: ReportedMove) {
        self.init()
        move = APIMove(model)
    }

    /// The move.
    package var model: ReportedMove {
        get throws(MessageError) {
            guard hasMove else { throw .missing(field: "move") }
            return try move.model
        }
    }
}
