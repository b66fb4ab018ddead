package import IPsec

extension APIAssociationCounters: WireMessage {
    /// The message for an SA's counters.
    package init(_ model: SACounters) {
        self.init()
        packets = model.packets
        bytes = model.bytes
        replays = model.replays
        integrityFailures = model.integrityFailures
        selectorMismatches = model.selectorMismatches
    }

    /// The counters; any message stands for some.
    package var model: SACounters {
        get throws(MessageError) {
            var model = SACounters()
            model.packets = packets
            model.bytes = bytes
            model.replays = replays
            model.integrityFailures = integrityFailures
            model.selectorMismatches = selectorMismatches
            return model
        }
    }
}
