extension APIHistoryReply: WireMessage {
    /// The message for finished moves and recorded events.
    package init(_ model: HistoryReport) {
        self.init()
        moves = model.moves.map { APIMove($0) }
        events = model.events.map { APIEvent($0) }
        more = model.hasMore
    }

    /// The moves and events.
    package var model: HistoryReport {
        get throws(MessageError) {
            HistoryReport(moves: try moves.models, events: try events.models, hasMore: more)
        }
    }
}
