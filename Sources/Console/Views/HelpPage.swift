import Terminal

/// Which keys do what.
enum HelpPage {
    /// The page, for what its user may do, with what to watch in the scenario that is played; that may be empty.
    static func lines(isArmed: Bool, mayDecide: Bool, lesson: String = "") -> [DetailLine] {
        let forbidden = mayDecide ? (isArmed ? "" : "  (press w first)") : "  (operators only)"
        return [.heading("views")]
            + ViewKind.allCases.map { DetailLine("\($0.rawValue)", "\($0.name): \($0.summary)") }
            + [
                .heading("moving"),
                DetailLine("m", "plan a move: of the selected SA and what goes with it,"),
                DetailLine("", "of all SAs of a gateway (1), of all along a path (4)"),
                DetailLine("u", "in a plan: take the better algorithms, or leave them"),
                DetailLine("a", "approve or deny the move that waits\(forbidden)"),
                DetailLine("x", "abort the move while that is possible, else stop the drain\(forbidden)"),
                DetailLine("n", "let a stepping move enter its next phase\(forbidden)"),
                DetailLine("w", "arm the console, or disarm it"),
                .heading("lists"),
                DetailLine("j k, arrows", "up and down; PgUp, PgDn, Home, End, g, G"),
                DetailLine("Enter", "all that is known of the selected row"),
                DetailLine("/", "show only rows with a text; Esc shows all again"),
                DetailLine("s  S", "sort by the next column, turn the order round"),
                DetailLine("Tab", "next pane (0), next plane of the paths (4), users of a drain (5)"),
                .heading("screen"),
                DetailLine("Space", "freeze what is seen; again to go on"),
                DetailLine(":", "command line, Tab completes: :drain NODE plans a drain"),
                DetailLine("Ctrl-L", "draw everything again"),
                DetailLine("Esc", "back"),
                DetailLine("q", "quit"),
            ]
            + (lesson.isEmpty
                ? []
                : [.heading("what to watch")]
                    + Paragraph(lesson).lines(width: 60).map { DetailLine("", $0) })
    }
}
