import IPsec

extension APITraffic: WireMessage {
    /// The message for what changes with an SA's packets.
    package init(_ model: ReportedTraffic) {
        self.init()
        lastSent = model.lastSent.value
        if let highest = model.windowHighest { windowHighest = highest.value }
        usedUs = model.use.age.wholeMicroseconds
        usedBytes = model.use.bytes
        usedPackets = model.use.packets
        if let learned = model.pathMTU {
            pathMtu = UInt32(learned.octets)
            pathMtuAgeUs = learned.age.wholeMicroseconds
        }
        counters = APIAssociationCounters(model.counters)
    }

    /// What changes with the SA's packets.
    package var model: ReportedTraffic {
        get throws(MessageError) {
            var learned: PathMTU?
            if hasPathMtu {
                let octets = try UInt16(exactly: pathMtu).valid("path_mtu", pathMtu)
                learned = PathMTU(octets: octets, age: Duration(wholeMicroseconds: pathMtuAgeUs))
            }
            return ReportedTraffic(
                lastSent: SequenceNumber(lastSent),
                windowHighest: hasWindowHighest ? SequenceNumber(windowHighest) : nil,
                use: LifetimeUse(
                    age: Duration(wholeMicroseconds: usedUs), bytes: usedBytes, packets: usedPackets),
                pathMTU: learned, counters: try counters.model)
        }
    }
}
