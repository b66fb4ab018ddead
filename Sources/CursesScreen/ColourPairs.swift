internal import CNcurses
internal import Terminal

/// The colour pairs of ncurses: one for each pair of colours that has been asked for.
struct ColourPairs {
    private struct Colours: Hashable {
        let foreground: Int32
        let background: Int32
    }

    private let hasOwnColours = curses_has_own_colours()
    private let limit = curses_pairs()
    private var numbers: [Colours: Int32] = [:]

    /// The number of a pair. When the terminal has no more pairs, that of the text on its own background if it is
    /// there, else the plain one.
    mutating func number(foreground: Colour?, background: Colour?) -> Int32 {
        let wanted = Colours(
            foreground: code(foreground, own: COLOR_WHITE), background: code(background, own: COLOR_BLACK))
        if wanted == Colours(foreground: -1, background: -1) { return 0 }
        if let number = numbers[wanted] { return number }
        let next = Int32(numbers.count + 1)
        guard next < limit, init_extended_pair(next, wanted.foreground, wanted.background) == OK else {
            return numbers[Colours(foreground: wanted.foreground, background: code(nil, own: COLOR_BLACK))] ?? 0
        }
        numbers[wanted] = next
        return next
    }

    private func code(_ colour: Colour?, own: Int32) -> Int32 {
        switch colour {
        case nil, .own: hasOwnColours ? -1 : own
        case .number(let number): Int32(number)
        case .light(let rgb): Int32(rgb.red) << 16 | Int32(rgb.green) << 8 | Int32(rgb.blue)
        }
    }
}
