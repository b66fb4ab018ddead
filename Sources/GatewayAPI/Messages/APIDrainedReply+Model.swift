extension APIDrainedReply: WireMessage {
    /// The message for a drain and its moves.
    package init(_ model: DrainedReport) {
        self.init()
        if let now = model.drain { drain = APIDrain(now) }
        drained = model.drained.map { APIDrained($0) }
        (more, matching) = (model.hasMore, UInt32(clamping: model.matching))
        if let place = model.found { found = UInt32(clamping: place) }
    }

    /// The drain and its moves.
    package var model: DrainedReport {
        get throws(MessageError) {
            DrainedReport(
                drain: hasDrain ? try drain.model : nil, drained: try drained.models, hasMore: more,
                matching: Int(matching), found: hasFound ? Int(found) : nil)
        }
    }
}
