import GatewayAPI
import Terminal

/// A list of things of one kind on the screen: which rows, in which order, which one is selected.
///
/// It keeps only the keys of its rows, and makes them anew when their revision has changed; what stands in a row is
/// made when the row is drawn.
struct RowList<Kind: RowKind> {
    /// The rows that are shown, in order.
    private(set) var keys: [Kind.RowKey] = []
    /// How many there would be without the filter.
    private(set) var total = 0
    /// Which row is selected.
    private(set) var selection = ListSelection<Kind.RowKey>()
    /// Sorted by which column; `nil` for their own order.
    private(set) var sort: TableSort?
    /// Only rows in which this is found are shown.
    private(set) var filter = ""
    /// Whether the user holds on to the selected row; else the one that its kind prefers is selected, whatever comes.
    private var isSettled = false
    /// The row that the user holds on to, also while it is nowhere: it may come back, or turn up at another place.
    private var held: Kind.RowKey?
    private var seen: Seen?

    /// What ``keys`` were made of.
    private struct Seen: Equatable {
        var revision: Int
        var liveRevision: Int?
    }

    /// The rows in sight, by their numbers in ``keys``.
    var sight: Range<Int> { selection.offset..<selection.offset + selection.page }

    /// The key of the row that its user selected; `nil` where the list selects one by itself.
    var chosen: Kind.RowKey? { isSettled ? selection.key : nil }

    /// The key of the selected row.
    var selected: Kind.RowKey? { selection.key }

    /// Takes in what changed, if anything did.
    mutating func refresh(_ fleet: Fleet) {
        let isLive = sort.map { Kind.columns[$0.column].isLive } ?? false
        let current = Seen(
            revision: Kind.revision(of: fleet), liveRevision: isLive ? Kind.liveRevision(of: fleet) : nil)
        guard current != seen else { return }
        seen = current
        var keys = Kind.keys(in: fleet)
        total = Kind.unfiltered(in: fleet) ?? keys.count
        if !filter.isEmpty, Kind.unfiltered(in: fleet) == nil {
            let needle = filter.lowercased()
            keys.removeAll { key in
                guard let row = Kind.row(key, in: fleet) else { return true }
                return !Kind.searched(row).contains { $0.lowercased().contains(needle) }
            }
        }
        self.keys = sorted(keys, in: fleet)
        selection.update(self.keys)
        if let held, Kind.row(held, in: fleet) == nil, let successor = Kind.successor(of: held, in: fleet) {
            self.held = successor
        }
        if let held { selection.select(key: held, in: self.keys) }
        if !isSettled, let preferred = Kind.preferred(of: self.keys, in: fleet) {
            selection.select(key: preferred, in: self.keys)
        }
    }

    /// Shows only rows in which a text is found.
    mutating func setFilter(_ text: String, in fleet: Fleet) {
        (filter, seen) = (text, nil)
        refresh(fleet)
    }

    /// Sorts by the next column that rows can be sorted by; after the last one by none.
    mutating func sortByNext(in fleet: Fleet) {
        let first = sort.map { $0.column + 1 } ?? 0
        let next = Kind.columns.indices.first { $0 >= first && Kind.columns[$0].value != nil }
        (sort, seen) = (next.map { TableSort(column: $0) }, nil)
        refresh(fleet)
    }

    /// Sorts by the column with that heading; false when there is none.
    mutating func sort(by title: String, in fleet: Fleet) -> Bool {
        let column = Kind.columns.firstIndex {
            $0.value != nil && $0.column.title.lowercased().hasPrefix(title.lowercased())
        }
        guard let column else { return false }
        (sort, seen) = (TableSort(column: column), nil)
        refresh(fleet)
        return true
    }

    /// Turns the order round.
    mutating func reverseSort(in fleet: Fleet) {
        guard let sort else { return }
        (self.sort, seen) = (TableSort(column: sort.column, ascending: !sort.isAscending), nil)
        refresh(fleet)
    }

    /// Says how many rows are in sight.
    mutating func setPage(_ rows: Int) {
        if selection.page != max(1, rows) { selection.page = max(1, rows) }
    }

    /// Selects a row, if it is there.
    mutating func select(_ key: Kind.RowKey) {
        selection.select(key: key, in: keys)
        settle()
    }

    /// Holds on to the selected row from now on, if there is one.
    mutating func settle() { (isSettled, held) = (isSettled || selection.key != nil, selection.key) }

    /// Moves the selection; false when the key does not.
    mutating func handle(_ key: Key) -> Bool {
        guard selection.handle(key, in: keys) else { return false }
        settle()
        return true
    }

    /// Draws the table over the whole region.
    func draw(in scene: Scene, hasFocus: Bool, isSelectable: Bool, on canvas: inout Canvas) {
        let columns = Kind.columns
        let empty =
            total > 0
            ? "no \(Kind.nouns.one) matches \"\(filter)\": press / and Esc to see all"
            : Kind.emptyText(in: scene.fleet)
        let table = Table(
            columns: columns.map(\.column), count: keys.count,
            selected: keys.isEmpty || !isSelectable ? nil : selection.index,
            offset: isSelectable ? selection.offset : 0, sort: sort, hasFocus: hasFocus, emptyText: empty,
            showsCount: false
        ) { number in
            guard let row = Kind.row(keys[number], in: scene.fleet) else { return [] }
            return columns.map { $0.text(row, scene) }
        }
        table.draw(on: &canvas)
    }

    /// For a title: how many rows there are, and how many the filter lets through.
    var countText: String {
        let count = filter.isEmpty ? Count.text(total) : "\(Count.text(keys.count)) of \(Count.text(total)) /\(filter)"
        return keys.count > selection.page ? count + ", row \(Count.text(selection.index + 1))" : count
    }

    private func sorted(_ keys: [Kind.RowKey], in fleet: Fleet) -> [Kind.RowKey] {
        guard let sort, let value = Kind.columns[sort.column].value else { return keys }
        let valued = keys.enumerated().map { index, key in
            (key: key, index: index, value: Kind.row(key, in: fleet).map(value) ?? .unknown)
        }
        // What is equal keeps its own order, also when the order is turned round.
        return valued.sorted { left, right in
            if left.value != right.value {
                return sort.isAscending ? left.value < right.value : left.value > right.value
            }
            return left.index < right.index
        }.map(\.key)
    }
}
