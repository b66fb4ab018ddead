/// Rows of text, for people and for programs.
package struct TextTable: Hashable, Sendable {
    /// One cell for each column.
    package let header: [String]
    /// As many cells each as the header.
    package let rows: [[String]]

    /// From its cells.
    package init(header: [String], rows: [[String]]) {
        (self.header, self.rows) = (header, rows)
    }

    /// Columns as wide as their widest cell, two spaces between them, no spaces at the end of a line.
    package var aligned: String {
        let lines = [header] + rows
        let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            let cells = zip(line, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            var text = cells.joined(separator: "  ")[...]
            while text.last == " " { text = text.dropLast() }
            return text + "\n"
        }.joined()
    }

    /// Comma-separated values (RFC 4180), with a line feed behind each line.
    package var csv: String {
        ([header] + rows).map { $0.map(Self.field).joined(separator: ",") + "\n" }.joined()
    }

    private static func field(_ text: String) -> String {
        guard text.contains(where: { [",", "\"", "\n", "\r", "\r\n"].contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
