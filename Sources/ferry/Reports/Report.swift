import ConfigurationFiles
import Console

/// Things of one kind, to be printed.
package struct Report<Item: Sendable>: Sendable {
    /// The list's key in JSON.
    let name: String
    /// In the order of tables and CSV.
    let columns: [Column<Item>]
    /// In the order of the rows.
    let items: [Item]
    /// The gateways that are missing in it.
    let missed: [Missed]
    /// What JSON says of all of it together, under "total"; `nil` for nothing.
    let total: ReportValue?

    /// From its parts.
    package init(
        name: String, columns: [Column<Item>], items: [Item], missed: [Missed] = [], total: ReportValue? = nil
    ) {
        self.total = total
        (self.name, self.columns, self.items, self.missed) = (name, columns, items, missed)
    }

    /// The whole text, with a line feed at its end.
    package func text(_ format: OutputFormat) -> String {
        switch format {
        case .table: table
        case .csv: csv
        case .json: json + "\n"
        }
    }

    private var table: String {
        let shown = columns.compactMap { column in column.title.map { (title: $0, value: column.value) } }
        return TextTable(
            header: shown.map(\.title),
            rows: items.map { item in
                shown.map { column in
                    let cell = column.value(item).cell
                    return cell.isEmpty ? "-" : cell
                }
            }
        ).aligned
    }

    private var csv: String {
        let shown = columns.compactMap { column in column.csv.map { (name: $0, value: column.value) } }
        return TextTable(
            header: shown.map(\.name), rows: items.map { item in shown.map { $0.value(item).cell } }
        ).csv
    }

    /// `{"NAME": […], "unreachable": [{"gateway": "HOST:PORT", "reason": "…"}]}`; every key is always there.
    private var json: String {
        let rows = items.map { columns.object(of: $0) }
        let missing = missed.map { missed in
            ReportValue.object([
                "gateway": .text(missed.address.description), "reason": .text(missed.failure.description),
            ])
        }
        var fields: [String: ReportValue] = [name: .list(rows), "unreachable": .list(missing)]
        if let total { fields["total"] = total }
        return ReportValue.object(fields).json
    }
}
