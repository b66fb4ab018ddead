internal import CNcurses
internal import Glibc
package import Terminal

/// A terminal, by way of ncurses. There is one at a time; `close()` it when done.
///
/// While it is open, standard error is kept back if it is a terminal, and comes out on `close()`. Should the process
/// crash or exit meanwhile, the terminal is set right all the same, and standard error comes out.
@MainActor
package final class CursesScreen: @MainActor Screen {
    /// How many colours are used.
    package let colourDepth: ColourDepth
    /// The drawing characters it can show.
    package let glyphs: Glyphs
    /// What roles look like; a new one is seen with the next canvas.
    package var theme: Theme {
        didSet {
            painter = CellPainter(theme: theme, depth: colourDepth, isUTF8: isUTF8)
            reset_color_pairs()
            previous = nil
        }
    }

    /// Where keys come from: what a loop waits on.
    let input: Int32
    private let isUTF8: Bool
    private let showsCursor: Bool
    private var painter: CellPainter
    private var decoder = KeyDecoder()
    private var previous: Canvas?
    private var isOpen = true
    private var isAway = false

    /// Opens the terminal on two file descriptors, which stay the caller's.
    package init(
        theme: Theme, options: ScreenOptions = .fromEnvironment(), input: Int32 = 0, output: Int32 = 1
    ) throws(ScreenError) {
        guard isatty(input) == 1, isatty(output) == 1 else { throw .notATerminal }
        isUTF8 = curses_take_locale()
        let kind = TerminalKind(name: options.term)
        try Self.open(kind, input: input, output: output, escapeDelay: options.escapeDelay)
        colourDepth = options.isMonochrome ? .none : Self.depth
        glyphs = isUTF8 && !options.isASCII && !kind.hasSmallFont ? .unicode : .ascii
        showsCursor = options.showsCursor
        self.theme = theme
        self.input = input
        painter = CellPainter(theme: theme, depth: colourDepth, isUTF8: isUTF8)
    }

    /// Its columns and rows, as ``takeSize()`` last found them.
    package var size: Size { Size(columns: Int(curses_columns()), rows: Int(curses_rows())) }

    /// An empty canvas of its size.
    package var blankCanvas: Canvas {
        Canvas(columns: size.columns, rows: size.rows, glyphs: glyphs, cues: theme.cues(for: glyphs))
    }

    /// Shows the canvas: only cells that differ from the last one are looked at again.
    package func present(_ canvas: Canvas) {
        guard isOpen, !isAway else { return }
        if previous?.wholeSize != canvas.wholeSize {
            previous = nil
            curses_erase()
        }
        let (columns, rows) = (min(canvas.wholeSize.columns, size.columns), min(canvas.wholeSize.rows, size.rows))
        for row in 0..<rows {
            let cells = canvas.row(row)
            let old = previous?.row(row)
            if cells == old { continue }
            for column in 0..<columns {
                let cell = cells[cells.startIndex + column]
                if let old, old[old.startIndex + column] == cell { continue }
                painter.paint(cell, row: row, column: column)
            }
        }
        previous = canvas
        let cursor = canvas.cursor ?? Point(columns - 1, rows - 1)
        curses_show(
            Int32(cursor.row), Int32(cursor.column),
            canvas.cursor != nil && (canvas.showsCursor || showsCursor))
    }

    /// The next key that has already been pressed; nil when there is none.
    package func readKey() -> Key? {
        while isOpen, !isAway {
            let code = curses_read()
            guard code >= 0 else { return nil }
            if let key = decoder.decode(code) { return key }
        }
        return nil
    }

    /// Whether nobody is at the other end any more.
    package var isLost: Bool { curses_is_lost(input) }

    /// Asks the operating system for the size; true when it has changed.
    package func takeSize() -> Bool {
        guard isOpen, !isAway, curses_take_size() else { return false }
        previous = nil
        return true
    }

    /// Has the next canvas sent whole: something else wrote on the terminal.
    package func repaint() {
        previous = nil
        curses_repaint()
    }

    /// Gives the terminal back and stops the process, as Ctrl-Z should. Once it goes on, call ``comeBack()``.
    package func stopProcess() {
        guard isOpen, !isAway else { return }
        curses_leave()
        isAway = true
        curses_stop_process()
    }

    /// Takes the terminal again after the process was stopped.
    package func comeBack() {
        guard isOpen else { return }
        isAway = false
        curses_return()
        _ = curses_take_size()
        repaint()
    }

    /// Gives the terminal back as it was found; standard error comes out.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        curses_close()
    }

    private static func open(
        _ kind: TerminalKind, input: Int32, output: Int32, escapeDelay: Int
    ) throws(ScreenError) {
        var isPlain = false
        for name in kind.candidates {
            let result = curses_open(name, input, output, Int32(clamping: escapeDelay))
            if result == CURSES_OPENED { return }
            isPlain = isPlain || result == CURSES_TOO_PLAIN
        }
        throw isPlain ? .tooPlain(kind.name) : .unknownTerminal(kind.name)
    }

    private static var depth: ColourDepth {
        switch curses_colours() {
        case ..<8: .none
        case ..<16: .eight
        case ..<256: .sixteen
        case 256: .two56
        default: curses_has_direct_colours() ? .direct : .two56
        }
    }
}
