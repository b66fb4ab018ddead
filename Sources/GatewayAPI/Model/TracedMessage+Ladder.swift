import ContextTransfer
package import ForwardingPath

extension [TracedMessage] {
    /// The ladder of what several gateways told: each message once, as its sender told it, or where that one did not tell,
    /// its receiver.
    ///
    /// In the order of time, but nothing comes before what its gateway had sent or received earlier: clocks differ, and
    /// many messages pass in a millisecond.
    package static func ladder(_ told: [NodeName: [TracedMessage]]) -> [TracedMessage] {
        let messages = told.values.joined().filter { $0.isSent || told[$0.from] == nil }
        var places: [Step: ArraySlice<Int>] = [:]
        for index in messages.indices.sorted(by: { messages[$0].number < messages[$1].number }) {
            places[Step(messages[index], isSent: true), default: []].append(index)
            places[Step(messages[index], isSent: false), default: []].append(index)
        }
        var later: [[Int]] = [[Int]](repeating: [], count: messages.count)
        var waits = [Int](repeating: 0, count: messages.count)
        for log in told.values {
            var before: Int?
            for entry in log.sorted(by: { $0.number < $1.number }) {
                guard let place = places[Step(entry, isSent: entry.isSent)]?.popFirst() else { continue }
                if let before, before != place {
                    later[before].append(place)
                    waits[place] += 1
                }
                before = place
            }
        }
        return sorted(messages, later, &waits)
    }

    /// One of the repetitions of a step between two nodes, as one of them tells it.
    private struct Step: Hashable {
        let from: NodeName
        let to: NodeName
        let move: MoveID
        let name: String
        let isSent: Bool

        init(_ message: TracedMessage, isSent: Bool) {
            (from, to, move, name, self.isSent) = (message.from, message.to, message.move, message.name, isSent)
        }
    }

    /// Each message behind those that it waits for, the earliest first; what waits in a circle, because something was
    /// lost, comes at the end.
    private static func sorted(_ messages: [TracedMessage], _ later: [[Int]], _ waits: inout [Int]) -> [TracedMessage] {
        var ready = waits.indices.filter { waits[$0] == 0 }
        var order: [Int] = []
        while let next = ready.indices.min(by: { messages[ready[$0]].clock < messages[ready[$1]].clock }) {
            let index = ready.remove(at: next)
            order.append(index)
            for other in later[index] {
                waits[other] -= 1
                if waits[other] == 0 { ready.append(other) }
            }
        }
        let rest = waits.indices.filter { waits[$0] > 0 }.sorted { messages[$0].clock < messages[$1].clock }
        return (order + rest).map { messages[$0] }
    }
}
