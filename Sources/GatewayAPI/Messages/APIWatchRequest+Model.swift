extension APIWatchRequest: WireMessage {
    /// The message for what a caller wants to watch.
    package init(_ model: WatchOptions) {
        self.init()
        traffic = model.traffic
        intervalMs = UInt32(clamping: model.interval ?? 0)
        events = UInt32(clamping: model.events)
    }

    /// What the caller wants to watch.
    package var model: WatchOptions {
        get throws(MessageError) {
            let (interval, count) = (Int(intervalMs), Int(events))
            guard interval == 0 || WatchOptions.intervals.contains(interval) else {
                throw .invalid(field: "interval_ms", value: String(interval))
            }
            guard WatchOptions.eventCounts.contains(count) else {
                throw .invalid(field: "events", value: String(count))
            }
            return WatchOptions(traffic: traffic, interval: interval == 0 ? nil : interval, events: count)
        }
    }
}
