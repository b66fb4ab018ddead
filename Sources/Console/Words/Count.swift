/// A number as people read it.
enum Count {
    /// All digits, in groups of three: `1,234,567`.
    static func text(_ number: UInt64) -> String {
        let digits = String(number)
        guard digits.count > 3 else { return digits }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    /// All digits, in groups of three.
    static func text(_ number: Int) -> String { text(UInt64(clamping: number)) }

    /// At most five characters: `1234`, `12.3k`, `4.56M`.
    static func short(_ number: Double) -> String {
        guard number.isFinite, number >= 0 else { return "-" }
        if number < 9999.5 { return String(Int(number.rounded())) }
        var (value, unit) = (number, "")
        for next in ["k", "M", "G", "T", "P", "E"] where value >= 999.5 {
            (value, unit) = (value / 1000, next)
        }
        return digits(value) + unit
    }

    /// Octets: `512 B`, `12.3 kB`.
    static func octets(_ number: UInt64) -> String {
        if number < 1000 { return "\(number) B" }
        var (value, unit) = (Double(number), "")
        for next in ["kB", "MB", "GB", "TB", "PB", "EB"] where value >= 999.5 {
            (value, unit) = (value / 1000, next)
        }
        return digits(value) + " " + unit
    }

    /// A packet rate: `1,000/s`, or a dash while it is not known.
    static func rate(_ perSecond: Double?) -> String {
        guard let perSecond else { return "-" }
        return perSecond < 9999.5 ? text(UInt64(perSecond.rounded())) + "/s" : short(perSecond) + "/s"
    }

    /// `1 SA`, `4 SAs`.
    static func of(_ number: Int, _ noun: String, _ plural: String) -> String {
        text(number) + " " + (number == 1 ? noun : plural)
    }

    /// Three digits that count.
    private static func digits(_ value: Double) -> String {
        if value >= 99.95 { return String(Int(value.rounded())) }
        let scale = value >= 9.995 ? 10 : 100
        let scaled = Int((value * Double(scale)).rounded())
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: (scale == 10 ? 1 : 2) - fraction.count) + fraction
    }
}
