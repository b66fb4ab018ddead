extension APIWatchReply: WireMessage {
    /// The message for what a watched gateway sends.
    package init(_ model: WatchUpdate) {
        self.init()
        clockMs = model.clock.milliseconds
        switch model.content {
        case .snapshot(let all): snapshot = APISnapshot(all)
        case .changes(let changes): deltas.deltas = changes.map { APIDelta($0) }
        }
    }

    /// What the gateway sent.
    package var model: WatchUpdate {
        get throws(MessageError) {
            let clock = try ClockTime(field: "clock_ms", clockMs)
            switch content {
            case .snapshot(let all): return WatchUpdate(clock: clock, .snapshot(try all.model))
            case .deltas(let batch): return WatchUpdate(clock: clock, .changes(try batch.deltas.models))
            case nil: throw .missing(field: "content")
            }
        }
    }
}
