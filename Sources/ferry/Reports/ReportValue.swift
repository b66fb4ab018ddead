import ForwardingPath

/// A value of a report.
package enum ReportValue: Hashable, Sendable {
    /// Not known, or not there: null in JSON, empty in CSV, a dash in a table.
    case none
    /// Words, also of another machine: they are escaped where they are written.
    case text(String)
    /// A whole number.
    case count(UInt64)
    /// A finite number.
    case number(Double)
    /// Yes or no.
    case flag(Bool)
    /// Values in their order, with spaces between them outside JSON.
    case list([ReportValue])
    /// Values with keys; for JSON.
    case object([String: ReportValue])

    /// Text, or none where there is none or it is empty.
    static func optional(_ text: String?) -> ReportValue {
        guard let text, !text.isEmpty else { return .none }
        return .text(text)
    }

    /// A count, or none where there is none.
    static func optional(_ count: (some BinaryInteger)?) -> ReportValue {
        count.map { .count(UInt64(clamping: $0)) } ?? .none
    }

    /// Names, in their order.
    static func names(_ names: some Sequence<NodeName>) -> ReportValue { .list(names.map { .text($0.text) }) }

    /// As a cell of a table or of CSV, with nothing in it that a terminal could obey; empty for none.
    package var cell: String {
        switch self {
        case .none: ""
        case .text(let text): SafeText(text).description
        case .count(let count): String(count)
        case .number(let number): Self.decimal(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .list(let values): values.map(\.cell).joined(separator: " ")
        case .object(let fields): fields.sorted { $0.key < $1.key }.map { "\($0)=\($1.cell)" }.joined(separator: " ")
        }
    }

    /// At most three digits after the point.
    private static func decimal(_ number: Double) -> String {
        let thousandths = (number * 1_000).rounded() / 1_000
        return thousandths == thousandths.rounded() ? String(Int64(thousandths)) : String(thousandths)
    }
}

extension ReportValue: Encodable {
    /// As JSON.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .none: try container.encodeNil()
        case .text(let text): try container.encode(text)
        case .count(let count): try container.encode(count)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let values): try container.encode(values)
        case .object(let fields): try container.encode(fields)
        }
    }
}
