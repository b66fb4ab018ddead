extension APIDrainedRequest: WireMessage {
    /// The message that asks what became of a drain's moves.
    package init(_ model: DrainedQuery) {
        self.init()
        (after, limit) = (model.after, UInt32(clamping: model.limit ?? 0))
        (skip, text, unsuccessfulFirst) = (UInt32(clamping: model.skip), model.text, model.isUnsuccessfulFirst)
        find = model.find ?? 0
    }

    /// What is asked for.
    package var model: DrainedQuery {
        get throws(MessageError) {
            let count = Int(limit)
            guard count == 0 || DrainedQuery.limits.contains(count) else {
                throw .invalid(field: "limit", value: String(count))
            }
            guard text.unicodeScalars.count <= DrainedQuery.longestText else {
                throw .invalid(field: "text", value: text)
            }
            var query = DrainedQuery(after: after, limit: count == 0 ? nil : count)
            (query.skip, query.text, query.isUnsuccessfulFirst) = (Int(skip), text, unsuccessfulFirst)
            query.find = find == 0 ? nil : find
            return query
        }
    }
}
