/// A colour as light of three kinds, each 0…255.
package struct RGB: Hashable, Sendable {
    /// The three parts.
    package let red, green, blue: UInt8

    /// From the parts.
    package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// From `#rrggbb`; nil for anything else.
    package init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
            digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }), let number = UInt32(digits.text, radix: 16)
        else { return nil }
        self.init(UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255))
    }

    /// The colour that a number of the 256 has on nearly all terminals.
    package init(number: UInt8) {
        switch number {
        case ..<16:
            self = TerminalColour.allCases[Int(number)].usualRGB
        case ..<232:
            let cube = Int(number) - 16
            let level = { (step: Int) in UInt8(step == 0 ? 0 : 55 + 40 * step) }
            self.init(level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        default:
            let grey = UInt8(8 + 10 * (Int(number) - 232))
            self.init(grey, grey, grey)
        }
    }

    /// The nearest of the numbers 16…255: those below are often changed by the user.
    package var nearest256: UInt8 {
        (16...255).min { distance(to: RGB(number: $0)) < distance(to: RGB(number: $1)) } ?? 16
    }

    /// The nearest of the sixteen, going by their usual look.
    package var nearest16: TerminalColour {
        TerminalColour.allCases.min { distance(to: $0.usualRGB) < distance(to: $1.usualRGB) } ?? .white
    }

    /// How unlike two colours are to the eye: the square of a distance with weights 2, 4 and 3.
    private func distance(to other: RGB) -> Int {
        let (r, g, b) = (Int(red) - Int(other.red), Int(green) - Int(other.green), Int(blue) - Int(other.blue))
        return 2 * r * r + 4 * g * g + 3 * b * b
    }
}

extension Substring.UTF8View {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
