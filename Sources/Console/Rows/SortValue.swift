/// What rows are put in order by.
enum SortValue: Comparable {
    /// By its characters.
    case text(String)
    /// By its size.
    case number(Double)
    /// A number that is not known: after all others.
    case unknown

    /// A number that may be unknown.
    init(_ number: Double?) { self = number.map(SortValue.number) ?? .unknown }
    /// A count.
    init(_ count: UInt64) { self = .number(Double(count)) }
    /// A count.
    init(_ count: Int) { self = .number(Double(count)) }

    static func < (left: SortValue, right: SortValue) -> Bool {
        switch (left, right) {
        case (.text(let left), .text(let right)): left < right
        case (.number(let left), .number(let right)): left < right
        case (.unknown, _): false
        case (_, .unknown): true
        case (.number, .text): true
        case (.text, .number): false
        }
    }
}
