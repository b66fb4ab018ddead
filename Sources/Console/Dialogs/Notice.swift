import Terminal

/// One line about what just happened, shown in place of the key hints until the next key, or for a few seconds.
struct Notice: Equatable {
    /// What happened.
    let text: CellText

    /// Whether it stays until a key is pressed: what failed does.
    var stays: Bool { text.role == .statusError }
    /// How long the others stay.
    static let milliseconds: UInt64 = 8000

    /// All is well.
    static func done(_ text: String) -> Notice { Notice(text: CellText(text, .statusOK, cue: true)) }
    /// Worth knowing.
    static func info(_ text: String) -> Notice { Notice(text: CellText(text, .statusInfo, cue: true)) }
    /// It did not happen, and why.
    static func refusal(_ text: String) -> Notice { Notice(text: CellText(text, .statusWarn, cue: true)) }
    /// Something failed.
    static func failure(_ text: String) -> Notice { Notice(text: CellText(text, .statusError, cue: true)) }
}
