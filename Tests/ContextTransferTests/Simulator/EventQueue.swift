/// What happens in the simulated network, in the order of its time; what was added first comes first at equal times.
struct EventQueue<Event> {
    /// Small, because it is moved about; the event itself stays in its slot.
    private struct Item {
        let time: Int
        let order: Int
        let slot: Int
    }

    private var heap: [Item] = []
    private var slots: [Event?] = []
    private var free: [Int] = []
    private var added = 0

    mutating func add(_ event: Event, at time: Int) {
        let slot = free.popLast() ?? slots.count
        if slot == slots.count { slots.append(event) } else { slots[slot] = event }
        heap.append(Item(time: time, order: added, slot: slot))
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
        guard let event = slots[first.slot] else { return nil }
        slots[first.slot] = nil
        free.append(first.slot)
        return (first.time, event)
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        let (left, right) = (heap[left], heap[right])
        return left.time != right.time ? left.time < right.time : left.order < right.order
    }
}
