import Foundation

extension ReportValue {
    /// One line of JSON, its keys in alphabetical order.
    ///
    /// What a terminal could obey is escaped, also where JSON lets it be, so that the line can be shown as it is.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let line = String(decoding: try encoder.encode(self), as: UTF8.self)
            guard line.unicodeScalars.contains(where: \.isUnsafe) else { return line }
            return line.unicodeScalars.map { $0.isUnsafe ? Self.escape($0) : String($0) }.joined()
        } catch {
            preconditionFailure("A report has only text and finite numbers: \(error)")
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}
