extension APIMoveReply: WireMessage {
    /// The message for the moves that an order began.
    package init(_ model: [ReportedMove]) {
        self.init()
        moves = model.map { APIMove($0) }
    }

    /// The moves.
    package var model: [ReportedMove] {
        get throws(MessageError) { try moves.models }
    }
}
