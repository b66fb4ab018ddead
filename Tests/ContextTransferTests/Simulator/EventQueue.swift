/// What happens in the simulated network, in the order of its time; what was added first comes first at equal times.
struct EventQueue<Event> {
    private var heap: [(time: Int, order: Int, event: Event)] = []
    private var added = 0

    mutating func add(_ event: Event, at time: Int) {
        heap.append((time, added, event))
        added += 1
        var child = heap.count - 1
        while child > 0, isBefore(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func next() -> (time: Int, event: Event)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            var parent = 0
            while true {
                let left = 2 * parent + 1
                guard left < heap.count else { break }
                let child = left + 1 < heap.count && isBefore(left + 1, left) ? left + 1 : left
                guard isBefore(child, parent) else { break }
                heap.swapAt(child, parent)
                parent = child
            }
        }
        return (first.time, first.event)
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (heap[left].time, heap[left].order) < (heap[right].time, heap[right].order)
    }
}
