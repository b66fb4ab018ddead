/// Which row of a changing list is selected, and which row is the first in sight.
///
/// The selection holds on to the row's key, not its number: rows may come, go and change places under it. When its row
/// goes, it moves to the row that came after it, else to the one before.
package struct ListSelection<RowKey: Hashable & Sendable>: Hashable, Sendable {
    /// The key of the selected row; nil when there are no rows.
    package private(set) var key: RowKey?
    /// Its number; 0 when there are no rows.
    package private(set) var index = 0
    /// The number of the first row in sight.
    package private(set) var offset = 0
    /// How many rows are in sight: what a page is. Set it when the size changes.
    package var page: Int { didSet { follow(count: count) } }
    private var count = 0
    private var before: RowKey?
    private var after: RowKey?

    /// Nothing selected yet: the first ``update(_:)`` selects the first row.
    package init(page: Int = 20) {
        self.page = page
    }

    /// Takes in the rows as they are now, in order.
    package mutating func update(_ keys: some RandomAccessCollection<RowKey>) {
        for wanted in [key, after, before] {
            if let wanted, let number = self.index(of: wanted, in: keys) { return select(row: number, in: keys) }
        }
        select(row: index, in: keys)
    }

    /// Selects by number; beyond the ends the nearest row.
    package mutating func select(row number: Int, in keys: some RandomAccessCollection<RowKey>) {
        count = keys.count
        index = number.heldTo(0...max(0, count - 1))
        func key(at number: Int) -> RowKey? {
            number >= 0 && number < count ? keys[keys.index(keys.startIndex, offsetBy: number)] : nil
        }
        (self.key, before, after) = (key(at: index), key(at: index - 1), key(at: index + 1))
        follow(count: count)
    }

    /// Selects the row of that key; nothing happens when there is none.
    package mutating func select(key: RowKey, in keys: some RandomAccessCollection<RowKey>) {
        if let number = index(of: key, in: keys) { select(row: number, in: keys) }
    }

    /// Moves with an arrow, page up, page down, home or end, also with j, k, g and G; false for any other key.
    package mutating func handle(_ key: Key, in keys: some RandomAccessCollection<RowKey>) -> Bool {
        let target: Int
        switch key {
        case .up, .character("k"): target = index - 1
        case .down, .character("j"): target = index + 1
        case .pageUp, .control("b"): target = index - (max(2, page) - 1)
        case .pageDown, .control("f"): target = index + (max(2, page) - 1)
        case .home, .character("g"): target = 0
        case .end, .character("G"): target = keys.count - 1
        default: return false
        }
        select(row: target, in: keys)
        return true
    }

    /// Moves the window no more than is needed for the selected row to be in it.
    private mutating func follow(count: Int) {
        let visible = max(1, page)
        offset = offset.heldTo(max(0, index - visible + 1)...index).heldTo(0...max(0, count - visible))
    }

    /// The number of a key: looks where it was last, then everywhere.
    private func index(of key: RowKey, in keys: some RandomAccessCollection<RowKey>) -> Int? {
        if index < keys.count, keys[keys.index(keys.startIndex, offsetBy: index)] == key { return index }
        return keys.firstIndex(of: key).map { keys.distance(from: keys.startIndex, to: $0) }
    }
}
