/// One column of a report on things of one kind.
package struct Column<Item>: Sendable {
    /// In JSON and CSV; `nil` for a column that only tables have.
    let key: String?
    /// Above a table; `nil` for a column that tables have not.
    let title: String?
    /// What a thing has there.
    let value: @Sendable (Item) -> ReportValue

    /// A column of all formats.
    init(_ key: String, _ title: String, value: @escaping @Sendable (Item) -> ReportValue) {
        (self.key, self.title, self.value) = (key, title, value)
    }

    /// A column for programs.
    init(_ key: String, value: @escaping @Sendable (Item) -> ReportValue) {
        (self.key, title, self.value) = (key, nil, value)
    }

    /// A column for people.
    init(title: String, value: @escaping @Sendable (Item) -> ReportValue) {
        (key, self.title, self.value) = (nil, title, value)
    }
}

extension Array {
    /// A thing as a JSON object: the columns that have keys.
    func object<Item>(of item: Item) -> ReportValue where Element == Column<Item> {
        var fields: [String: ReportValue] = [:]
        for column in self {
            if let key = column.key { fields[key] = column.value(item) }
        }
        return .object(fields)
    }
}
