import Terminal
import Testing

@Suite("Theme")
struct ThemeTests {
    private let base = ThemeDocument(
        name: "base",
        palette: ["alert": PaletteColour(c16: .red), "news": PaletteColour(c16: .brightBlue)],
        roles: [
            "move": RoleStyle(fg: "news", cue: "•", ascii: "*"),
            "status.error": RoleStyle(fg: "alert", attributes: .bold, cue: "✗", ascii: "x"),
            "ui.selection": RoleStyle(attributes: .reverse),
        ])
    private let dark = ThemeDocument(
        name: "dark", appearance: .dark, inherits: "base",
        palette: ["alert": PaletteColour(rgb: RGB("#e5534b"), c256: 167), "bar": PaletteColour(rgb: RGB("#203040"))],
        roles: [
            "move.failed": RoleStyle(fg: "alert"),
            "ui.selection": RoleStyle(bg: "bar", attributes: [], mono: .reverse),
            "ui.text": RoleStyle(fg: "news"),
        ])

    @Test("a role that is not listed looks like its parent, and what a role leaves out is its parent's")
    func parents() throws {
        let theme = try Theme.resolve("dark", from: [base, dark])
        #expect(theme.style(for: Role("move.switching.late"), depth: .sixteen).foreground == .number(12))
        let failed = theme.style(for: Role("move.failed"), depth: .two56)
        #expect(failed == Style(foreground: .number(167), cue: "•", asciiCue: "*"))
        #expect(theme.style(for: Role("other"), depth: .two56) == Style())
    }

    @Test("a child's colour takes the place of its parent's wherever that is used")
    func inheritedPalette() throws {
        let error = Role("status.error")
        let parent = try Theme.resolve("base", from: [base, dark])
        #expect(parent.style(for: error, depth: .two56).foreground == .number(1))
        #expect(
            try Theme.resolve("dark", from: [base, dark]).style(for: error, depth: .two56)
                == Style(foreground: .number(167), emphasis: .bold, cue: "✗", asciiCue: "x"))
    }

    @Test(
        "each depth has its own colour for the same role",
        arguments: [
            (ColourDepth.none, Style(emphasis: .bold, cue: "✗", asciiCue: "x")),
            (.eight, Style(foreground: .number(3), emphasis: .bold, cue: "✗", asciiCue: "x")),
            (.sixteen, Style(foreground: .number(3), emphasis: .bold, cue: "✗", asciiCue: "x")),
            (.two56, Style(foreground: .number(172), emphasis: .bold, cue: "✗", asciiCue: "x")),
            (.direct, Style(foreground: .light(RGB(0xD0, 0x80, 0x10)), emphasis: .bold, cue: "✗", asciiCue: "x")),
        ])
    func depths(depth: ColourDepth, style: Style) throws {
        var document = base
        document.palette["alert"] = PaletteColour(rgb: RGB("#d08010"))
        #expect(try Theme.resolve("base", from: [document]).style(for: .statusError, depth: depth) == style)
    }

    @Test("a bright colour is bold on eight colours, and the terminal's own where colours are direct")
    func bright() throws {
        let theme = try Theme.resolve("base", from: [base])
        #expect(theme.style(for: Role("move"), depth: .eight).foreground == .number(4))
        #expect(theme.style(for: Role("move"), depth: .eight).emphasis == .bold)
        #expect(theme.style(for: Role("move"), depth: .sixteen).emphasis == [])
        #expect(theme.style(for: Role("move"), depth: .direct).foreground == .number(4))
    }

    @Test("without colours a role may stand out otherwise")
    func mono() throws {
        let theme = try Theme.resolve("dark", from: [base, dark])
        #expect(theme.style(for: .selection, depth: .none).emphasis == .reverse)
        #expect(theme.style(for: .selection, depth: .two56).emphasis == [])
    }

    @Test("on a ground the role keeps its colour unless the ground has one, and plain text fills in")
    func grounds() throws {
        let theme = try Theme.resolve("dark", from: [base, dark])
        let onBar = theme.style(for: .statusError, on: .selection, depth: .two56)
        #expect(onBar.foreground == .number(167))
        #expect(onBar.background == .number(RGB(0x20, 0x30, 0x40).nearest256))
        #expect(theme.style(for: Role("other"), on: .background, depth: .sixteen).foreground == .number(12))
    }

    @Test("cues follow the glyphs in use, and the role's ancestors")
    func cues() throws {
        let theme = try Theme.resolve("base", from: [base])
        #expect(theme.cues(for: .unicode)[.statusError] == "✗")
        #expect(theme.cues(for: .ascii)[Role("move.done")] == "*")
        #expect(theme.cues(for: .unicode)[Role("other")] == "")
    }

    @Test("a theme that cannot be used says why")
    func errors() {
        let lost = ThemeDocument(name: "lost", inherits: "nowhere")
        let a = ThemeDocument(name: "a", inherits: "b")
        let b = ThemeDocument(name: "b", inherits: "a")
        let pink = ThemeDocument(name: "pink", roles: ["ui.text": RoleStyle(bg: "pink")])
        let empty = ThemeDocument(name: "empty", palette: ["none": PaletteColour()])
        let all = [lost, a, b, pink, empty]
        for (name, error) in [
            ("lost", ThemeError.unknownParent("nowhere", of: "lost")),
            ("a", .cycle(["a", "b", "a"])),
            ("pink", .unknownColour("pink", role: "ui.text", theme: "pink")),
            ("empty", .emptyColour("none", theme: "empty")),
            ("other", .unknownTheme("other", known: ["a", "b", "empty", "lost", "pink"])),
        ] {
            #expect(throws: error) { try Theme.resolve(name, from: all) }
        }
    }

    @Test(
        "colours read from text are six hexadecimal digits after a #",
        arguments: [
            ("#e5534b", RGB(0xE5, 0x53, 0x4B)), ("#FFF000", RGB(255, 240, 0)), ("e5534b", nil), ("#e5534", nil),
            ("#+12345", nil), ("#e5534bb", nil), ("#é5534", nil),
        ])
    func parsing(text: String, colour: RGB?) {
        #expect(RGB(text) == colour)
    }

    @Test("the nearest of the 256 is never one of the sixteen that users change")
    func nearest() {
        #expect(RGB(255, 0, 0).nearest256 == 196)
        #expect(RGB(0, 0, 0).nearest256 == 16)
        #expect(RGB(8, 8, 8).nearest256 == 232)
        #expect(RGB(95, 135, 175).nearest256 == 67)
        #expect(RGB(250, 10, 10).nearest16 == .brightRed)
        #expect(TerminalColour(name: "bright-red") == .brightRed)
        #expect(TerminalColour(name: "pink") == nil)
    }
}
