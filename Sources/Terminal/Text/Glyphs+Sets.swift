extension Glyphs {
    /// Box drawing, blocks and arrows of Unicode that common fonts have.
    package static let unicode = Glyphs(
        horizontal: "─", vertical: "│", cross: "┼",
        topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘",
        teeLeft: "┤", teeRight: "├", teeUp: "┴", teeDown: "┬",
        arcTopLeft: "╭", arcTopRight: "╮", arcBottomLeft: "╰", arcBottomRight: "╯",
        horizontalHeavy: "━", horizontalDouble: "═", horizontalDashed: "╌", verticalDashed: "╎",
        arrowLeft: "←", arrowRight: "→", arrowUp: "↑", arrowDown: "↓",
        headLeft: "◂", headRight: "▸", headUp: "▴", headDown: "▾",
        selection: "▸",
        ascending: "▲", descending: "▼",
        bullet: "•", separator: "·",
        node: "○", nodeActive: "●",
        check: "✓", crossMark: "✗", warning: "▲", pause: "‖",
        ellipsis: "…",
        shadeLight: "░", shadeMedium: "▒", shadeFull: "█",
        barLevels: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
        sparkLevels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        isASCII: false)

    /// Nothing but printable ASCII.
    package static let ascii = Glyphs(
        horizontal: "-", vertical: "|", cross: "+",
        topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
        teeLeft: "+", teeRight: "+", teeUp: "+", teeDown: "+",
        arcTopLeft: ".", arcTopRight: ".", arcBottomLeft: "'", arcBottomRight: "'",
        horizontalHeavy: "=", horizontalDouble: "=", horizontalDashed: "-", verticalDashed: ":",
        arrowLeft: "<", arrowRight: ">", arrowUp: "^", arrowDown: "v",
        headLeft: "<", headRight: ">", headUp: "^", headDown: "v",
        selection: ">",
        ascending: "^", descending: "v",
        bullet: "*", separator: "-",
        node: "o", nodeActive: "@",
        check: "+", crossMark: "x", warning: "!", pause: "=",
        ellipsis: "~",
        shadeLight: ".", shadeMedium: ":", shadeFull: "#",
        barLevels: ["#"],
        sparkLevels: ["_", ".", "-", "=", "+", "*", "%", "#"],
        isASCII: true)
}
