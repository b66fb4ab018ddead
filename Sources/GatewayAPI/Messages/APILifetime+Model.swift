package import IPsec

extension APILifetime: WireMessage {
    /// The message for a lifetime.
    package init(_ model: Lifetime) {
        self.init()
        if let limit = model.seconds { seconds = limit }
        if let limit = model.bytes { bytes = limit }
        if let limit = model.packets { packets = limit }
    }

    /// The lifetime; any message stands for one.
    package var model: Lifetime {
        get throws(MessageError) {
            Lifetime(
                seconds: hasSeconds ? seconds : nil, bytes: hasBytes ? bytes : nil, packets: hasPackets ? packets : nil)
        }
    }
}
