/// One of the terminal's own sixteen colours, which its user may have set to his taste; by ANSI number.
package enum TerminalColour: UInt8, Hashable, Sendable, CaseIterable {
    /// The first eight, 0…7.
    case black, red, green, yellow, blue, magenta, cyan, white
    /// Their bright twins, 8…15.
    case brightBlack, brightRed, brightGreen, brightYellow, brightBlue, brightMagenta, brightCyan, brightWhite

    /// From its name in a theme file: `red`, `bright-red`; nil for any other word.
    package init?(name: String) {
        guard let colour = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = colour
    }

    /// Its name in a theme file.
    package var name: String {
        let plain = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"][Int(rawValue & 7)]
        return isBright ? "bright-" + plain : plain
    }

    /// Whether it is one of the second eight.
    package var isBright: Bool { rawValue >= 8 }

    /// The one of the first eight that it is the bright twin of, or itself.
    package var plain: TerminalColour { TerminalColour(rawValue: rawValue & 7) ?? self }

    /// How xterm shows it unless told otherwise.
    package var usualRGB: RGB {
        switch self {
        case .black: RGB(0, 0, 0)
        case .red: RGB(205, 0, 0)
        case .green: RGB(0, 205, 0)
        case .yellow: RGB(205, 205, 0)
        case .blue: RGB(0, 0, 238)
        case .magenta: RGB(205, 0, 205)
        case .cyan: RGB(0, 205, 205)
        case .white: RGB(229, 229, 229)
        case .brightBlack: RGB(127, 127, 127)
        case .brightRed: RGB(255, 0, 0)
        case .brightGreen: RGB(0, 255, 0)
        case .brightYellow: RGB(255, 255, 0)
        case .brightBlue: RGB(92, 92, 255)
        case .brightMagenta: RGB(255, 0, 255)
        case .brightCyan: RGB(0, 255, 255)
        case .brightWhite: RGB(255, 255, 255)
        }
    }
}
