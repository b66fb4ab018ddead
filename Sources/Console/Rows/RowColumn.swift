import Terminal

/// One column of a list: its heading, what stands in it, and what it sorts by.
struct RowColumn<Row>: Sendable {
    /// Heading, width, alignment, and when it goes on a narrow screen.
    let column: TableColumn
    /// What the rows sort by; `nil` for a column that they cannot be sorted by.
    let value: (@Sendable (Row) -> SortValue)?
    /// What stands in it.
    let text: @Sendable (Row, Scene) -> CellText
    /// Whether what it sorts by changes with every packet.
    let isLive: Bool

    /// A column; it never goes unless told otherwise.
    init(
        _ title: String, _ width: Extent, alignment: Alignment = .leading, priority: Int = 0, isLive: Bool = false,
        by value: (@Sendable (Row) -> SortValue)? = nil, text: @escaping @Sendable (Row, Scene) -> CellText
    ) {
        column = TableColumn(title, width, alignment: alignment, priority: priority)
        (self.value, self.text, self.isLive) = (value, text, isLive)
    }
}
