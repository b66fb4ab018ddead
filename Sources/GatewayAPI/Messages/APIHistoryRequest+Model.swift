import ContextTransfer

extension APIHistoryRequest: WireMessage {
    /// The message that asks for history.
    package init(_ model: HistoryQuery) {
        self.init()
        after = model.after
        limit = UInt32(clamping: model.limit ?? 0)
        move = model.move?.description ?? ""
    }

    /// What is asked for.
    package var model: HistoryQuery {
        get throws(MessageError) {
            let count = Int(limit)
            guard count == 0 || HistoryQuery.limits.contains(count) else {
                throw .invalid(field: "limit", value: String(count))
            }
            return HistoryQuery(
                after: after, limit: count == 0 ? nil : count, move: try move.unlessEmpty("move") { MoveID($0) })
        }
    }
}
