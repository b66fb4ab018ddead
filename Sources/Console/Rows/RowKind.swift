import Terminal

/// One kind of thing that is listed: where its rows come from, how they are written, sorted and searched.
protocol RowKind {
    /// What names a row while others come and go.
    associatedtype RowKey: Hashable & Sendable
    /// All that is written of one.
    associatedtype Row

    /// What they are called: one, and several.
    static var nouns: (one: String, many: String) { get }
    /// From left to right.
    static var columns: [RowColumn<Row>] { get }
    /// Grows when ``keys(in:)`` may give another answer.
    static func revision(of fleet: Fleet) -> Int
    /// Grows when a row may sort otherwise by a live column.
    static func liveRevision(of fleet: Fleet) -> Int
    /// Every row, in the order that they have unless sorted.
    static func keys(in fleet: Fleet) -> [RowKey]
    /// The row of that key; `nil` when it is gone.
    static func row(_ key: RowKey, in fleet: Fleet) -> Row?
    /// How many rows there would be without a filter, where they come from elsewhere and already filtered; `nil` where the
    /// list itself looks in what is ``searched(_:)``.
    static func unfiltered(in fleet: Fleet) -> Int?
    /// What a filter looks in.
    static func searched(_ row: Row) -> [String]
    /// What is said when there are none at all.
    static func emptyText(in fleet: Fleet) -> String
    /// What the detail page is called.
    static func title(of row: Row) -> String
    /// The row that is selected until its user selects one: the first that is worth it.
    static func preferred(of keys: [RowKey], in fleet: Fleet) -> RowKey?
    /// Where a thing is now whose row is gone; `nil` where it is nowhere.
    static func successor(of key: RowKey, in fleet: Fleet) -> RowKey?
    /// What is said of the selected row under the table, in at most three lines; empty for nothing.
    static func digest(of row: Row, in scene: Scene) -> [[CellText]]
    /// All that is known of it.
    static func details(of row: Row, in scene: Scene) -> [DetailLine]
}

extension RowKind {
    static func liveRevision(of fleet: Fleet) -> Int { revision(of: fleet) }

    static func unfiltered(in fleet: Fleet) -> Int? { nil }

    static func preferred(of keys: [RowKey], in fleet: Fleet) -> RowKey? { keys.first }

    static func successor(of key: RowKey, in fleet: Fleet) -> RowKey? { nil }

    static func digest(of row: Row, in scene: Scene) -> [[CellText]] { [] }

    /// What is said when there are none because no gateway was reached.
    static func unreached(_ fleet: Fleet, or text: String) -> String {
        if fleet.labels.isEmpty { return "no gateway is configured: start with --gateway HOST:PORT" }
        return fleet.gateways.allSatisfy { $0.description == nil } ? "no gateway has answered yet" : text
    }
}
