/// One column of a report on things of one kind.
package struct Column<Item>: Sendable {
    /// Its key in JSON; `nil` for a column that JSON has not.
    let json: String?
    /// Its name in CSV; `nil` for a column that CSV has not.
    let csv: String?
    /// Its title above a table; `nil` for a column that tables have not.
    let title: String?
    /// What a thing has there.
    let value: @Sendable (Item) -> ReportValue

    /// A column of all formats.
    init(_ key: String, _ title: String, value: @escaping @Sendable (Item) -> ReportValue) {
        (json, csv, self.title, self.value) = (key, key, title, value)
    }

    /// A column for programs.
    init(_ key: String, value: @escaping @Sendable (Item) -> ReportValue) {
        (json, csv, title, self.value) = (key, key, nil, value)
    }

    /// A column for people.
    init(title: String, value: @escaping @Sendable (Item) -> ReportValue) {
        (json, csv, self.title, self.value) = (nil, nil, title, value)
    }

    /// A column whose values only JSON can hold.
    init(json key: String, value: @escaping @Sendable (Item) -> ReportValue) {
        (json, csv, title, self.value) = (key, nil, nil, value)
    }

    /// What stands for such a column in the other formats.
    init(csv name: String, _ title: String, value: @escaping @Sendable (Item) -> ReportValue) {
        (json, csv, self.title, self.value) = (nil, name, title, value)
    }
}

extension Array {
    /// A thing as a JSON object.
    func object<Item>(of item: Item) -> ReportValue where Element == Column<Item> {
        var fields: [String: ReportValue] = [:]
        for column in self {
            if let key = column.json { fields[key] = column.value(item) }
        }
        return .object(fields)
    }
}
