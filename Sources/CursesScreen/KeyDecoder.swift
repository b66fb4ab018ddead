internal import CNcurses
package import Terminal

/// Turns what ncurses reads, bytes and key codes, into keys. Holds a character of several bytes until it is whole.
package struct KeyDecoder: Sendable {
    private var bytes: [UInt8] = []

    /// One that has read nothing yet.
    package init() {}

    /// Takes one byte or key code; nil when it is not a whole key yet, or none that we know.
    package mutating func decode(_ code: Int32) -> Key? {
        guard let byte = UInt8(exactly: code) else {
            bytes = []
            return Self.special(code)
        }
        if byte < 0x80 {
            bytes = []
            return Self.ascii(byte)
        }
        if byte >= 0xC0 { bytes = [byte] } else if !bytes.isEmpty { bytes.append(byte) }
        guard let first = bytes.first, bytes.count == first.sequenceLength else { return nil }
        defer { bytes = [] }
        return String(validating: bytes, as: UTF8.self).flatMap { $0.first }.map { .character($0) }
    }

    private static func ascii(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x09: .tab
        case 0x0A, 0x0D: .enter
        case 0x1B: .escape
        case 0x08, 0x7F: .backspace
        case 0x00: .control(" ")
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        case 0x1C...0x1F: .control(Character(Unicode.Scalar(byte + 0x40)))
        default: .character(Character(Unicode.Scalar(byte)))
        }
    }

    private static func special(_ code: Int32) -> Key? {
        switch code {
        case KEY_UP: .up
        case KEY_DOWN: .down
        case KEY_LEFT: .left
        case KEY_RIGHT: .right
        case KEY_PPAGE: .pageUp
        case KEY_NPAGE: .pageDown
        case KEY_HOME, KEY_FIND, KEY_A1: .home
        case KEY_END, KEY_SELECT, KEY_C1: .end
        case KEY_ENTER: .enter
        case KEY_BTAB: .backTab
        case KEY_BACKSPACE: .backspace
        case KEY_DC: .delete
        case KEY_IC: .insert
        case (KEY_F0 + 1)...(KEY_F0 + 24): .function(Int(code - KEY_F0))
        default: nil
        }
    }
}

extension UInt8 {
    /// Bytes of the UTF-8 sequence that this one begins.
    fileprivate var sequenceLength: Int { self < 0xE0 ? 2 : self < 0xF0 ? 3 : 4 }
}
