internal import IPsec

extension PacketEngine {
    /// Ends SAs whose lifetime in seconds ran out without a packet to notice it, and tells of soft lifetimes.
    ///
    /// Quiesced SAs are left alone: their move settles first.
    package mutating func expire(now: Duration) -> [EngineOutput] {
        guard let deadline = nextDeadline, deadline <= now else { return [] }
        nextDeadline = nil
        var outputs: [EngineOutput] = []
        for index in entries.values.indices {
            guard let deadline = entries.values[index].deadline else { continue }
            if deadline <= now {
                entries.values[index].refresh(now)
                if let event = entries.values[index].age() { outputs.append(.event(event)) }
            }
            note(entries.values[index].deadline)
        }
        return outputs
    }
}
