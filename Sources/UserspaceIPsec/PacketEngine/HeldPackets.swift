/// The packets that wait for one SA to be installed.
struct HeldPackets {
    /// Those that came through the old gateway: they were sent before the others.
    private var stragglers: [Arrival] = []
    private var own: [Arrival] = []
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Keeps a packet; `false` when one was lost for lack of room, the latest of all.
    mutating func hold(_ arrival: Arrival) -> Bool {
        let hasRoom = stragglers.count + own.count < limit
        guard case .tunnel = arrival.origin else {
            if hasRoom { own.append(arrival) }
            return hasRoom
        }
        if !hasRoom, own.popLast() == nil { return false }
        stragglers.append(arrival)
        return hasRoom
    }

    /// All, the old gateway's first.
    var inOrder: [Arrival] { stragglers + own }
}
