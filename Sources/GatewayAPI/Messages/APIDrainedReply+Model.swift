extension APIDrainedReply: WireMessage {
    /// The message for a drain and its moves.
    package init(_ model: DrainedReport) {
        self.init()
        if let now = model.drain { drain = APIDrain(now) }
        drained = model.drained.map { APIDrained($0) }
        more = model.hasMore
    }

    /// The drain and its moves.
    package var model: DrainedReport {
        get throws(MessageError) {
            DrainedReport(
                drain: hasDrain ? try drain.model : nil, drained: try drained.models, hasMore: more)
        }
    }
}
