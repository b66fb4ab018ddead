import Terminal

/// Where the parts of the screen stand that all views share.
struct ScreenLayout {
    /// The line at the top, all between, and the line at the bottom.
    let header, body, footer: Rectangle

    /// The parts of a screen of some size.
    init(_ size: Size) {
        let parts = Rectangle(origin: .zero, size: size).rows(.fixed(1), .flexible(minimum: 1), .fixed(1))
        (header, body, footer) = (parts[0], parts[1], parts[2])
    }

    /// What is too small for anything but a line.
    static let least = Size(columns: 40, rows: 10)

    /// Whether a screen of that size shows more than a line.
    static func isUsable(_ size: Size) -> Bool { size.columns >= least.columns && size.rows >= least.rows }
}
