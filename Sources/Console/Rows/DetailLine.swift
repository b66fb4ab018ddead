import Terminal

/// One line of what is known of a row: a name and its value, or a heading.
struct DetailLine {
    /// What it is; empty for a line that goes on from the one before.
    let name: String
    /// The value, in stretches of one meaning each.
    let value: [CellText]

    /// A name and its value.
    init(_ name: String, _ value: CellText...) { (self.name, self.value) = (name, value) }

    /// A name and a plain value.
    init(_ name: String, _ value: String) { self.init(name, CellText(value)) }

    /// A heading over the lines that follow.
    static func heading(_ text: String) -> DetailLine { DetailLine(text) }
}
