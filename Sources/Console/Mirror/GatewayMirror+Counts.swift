package import GatewayAPI

extension GatewayMirror {
    /// How many of its moves are not over.
    package var openMoves: Int { moves.values.count { $0.state.outcome == nil } }

    /// The event of that number, if it is still kept. Numbers grow, so it is found by halving.
    package func event(_ number: UInt64) -> ReportedEvent? {
        var (low, high) = (0, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low < events.count && events[low].number == number ? events[low] : nil
    }
}
