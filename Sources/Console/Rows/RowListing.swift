import Terminal

/// A ``RowList`` of any kind, as keys and pages deal with it.
protocol RowListing {
    /// What the rows are called: one, and several.
    var nouns: (one: String, many: String) { get }
    /// For a title: how many rows there are.
    var countText: String { get }
    /// The headings that it can be sorted by.
    var sortTitles: [String] { get }
    /// Only rows in which this is found are shown.
    var filter: String { get }
    /// The title and lines of the detail page of the selected row.
    func detail(in scene: Scene) -> (title: String, lines: [DetailLine])?
    /// The title and lines of what is said of the selected row under the table.
    func digest(in scene: Scene) -> (title: String, lines: [[CellText]])?
    /// Draws the table over the whole region; without a selection it begins with the first row.
    func draw(in scene: Scene, hasFocus: Bool, isSelectable: Bool, on canvas: inout Canvas)

    /// Takes in what changed.
    mutating func refresh(_ fleet: Fleet)
    /// Says how many rows are in sight.
    mutating func setPage(_ rows: Int)
    /// Holds on to the selected row, which something is done about.
    mutating func settle()
    /// Moves the selection; false when the key does not.
    mutating func handle(_ key: Key) -> Bool
    /// Shows only rows in which a text is found.
    mutating func setFilter(_ text: String, in fleet: Fleet)
    /// Sorts by the next column.
    mutating func sortByNext(in fleet: Fleet)
    /// Sorts by the column whose heading begins so; false when there is none.
    mutating func sort(by title: String, in fleet: Fleet) -> Bool
    /// Turns the order round.
    mutating func reverseSort(in fleet: Fleet)
}

extension RowList: RowListing {
    var nouns: (one: String, many: String) { Kind.nouns }
    var sortTitles: [String] { Kind.columns.filter { $0.value != nil }.map { $0.column.title.lowercased() } }

    func detail(in scene: Scene) -> (title: String, lines: [DetailLine])? {
        guard let selected, let row = Kind.row(selected, in: scene.fleet) else { return nil }
        return (Kind.title(of: row), Kind.details(of: row, in: scene))
    }

    func digest(in scene: Scene) -> (title: String, lines: [[CellText]])? {
        guard let selected, let row = Kind.row(selected, in: scene.fleet) else { return nil }
        let lines = Kind.digest(of: row, in: scene)
        return lines.isEmpty ? nil : (Kind.title(of: row), lines)
    }
}
