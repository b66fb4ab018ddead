import ConfigurationFiles
import Console
import Foundation
import Terminal
import Testing

@Suite("Theme files")
struct ThemeFileTests {
    @Test(
        "every theme that is compiled in can be used at every depth",
        arguments: ["default", "dark", "light", "mono", "high-contrast", "deuteranopia"])
    func builtIn(name: String) throws {
        let theme = try BuiltInThemes.theme(named: name)
        #expect(theme.name == name)
        #expect(!theme.cues(for: .ascii)[Role("sa.state.inforce")].isEmpty)
        #expect(theme.style(for: Role("move.failed"), depth: .none).emphasis.contains(.bold))
    }

    @Test("all that a theme file may say is read")
    func whole() throws {
        let document = try ThemeFile.read(
            """
            name: harbour
            appearance: dark
            inherits: dark
            palette:
              alert: {rgb: "#e5534b", c256: 167, c16: bright-red}
            roles:
              status.error: {fg: alert, bg: own, attributes: [bold, underline], mono: [reverse], cue: "✗", ascii: "x"}
            """, file: "harbour.yaml")
        let style = RoleStyle(
            fg: "alert", bg: "own", attributes: [.bold, .underline], mono: .reverse, cue: "✗", ascii: "x")
        let expected = ThemeDocument(
            name: "harbour", appearance: .dark, inherits: "dark",
            palette: ["alert": PaletteColour(rgb: RGB(0xe5, 0x53, 0x4b), c256: 167, c16: .brightRed)],
            roles: ["status.error": style])
        #expect(document == expected)
    }

    @Test(
        "a mistake is told with file, line and what to do",
        arguments: [
            ("name: x\nrolls: {}", "t.yaml:2: unknown key \"rolls\""),
            ("palette: {}", "t.yaml:1: the key \"name\" is missing"),
            ("name: x\npalette:\n  a: {rgb: red}", "t.yaml:3: palette.a.rgb is no colour"),
            ("name: x\npalette:\n  a: {}", "t.yaml:3: nothing is said of the colour palette.a"),
            ("name: x\npalette:\n  a: {c256: 256}", "t.yaml:3: palette.a.c256 is \"256\""),
            ("name: x\npalette:\n  a: {c16: pink}", "t.yaml:3: unknown terminal colour \"pink\""),
            ("name: x\nroles:\n  ui.text: {attributes: [blink]}", "t.yaml:3: unknown attribute \"blink\""),
            ("name: x\nroles:\n  ui.text: {cue: two}", "t.yaml:3: roles.ui.text.cue has to be one cell wide"),
            ("name: x\nappearance: pale", "t.yaml:2: unknown appearance \"pale\""),
        ])
    func mistakes(text: String, message: String) {
        #expect {
            try ThemeFile.read(text, file: "t.yaml")
        } throws: { error in
            "\(error)".hasPrefix(message)
        }
    }

    @Test("a theme is found by file, in a person's own folder, or among those compiled in")
    func search() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ferry-themes-\(UUID().uuidString)")
        let themes = folder.appendingPathComponent("ferry/themes")
        try FileManager.default.createDirectory(at: themes, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try "name: mine\ninherits: base".write(
            to: themes.appendingPathComponent("mine.yaml"), atomically: true, encoding: .utf8)
        try "name: base\ninherits: mono\nroles: {ui.text: {attributes: [underline]}}".write(
            to: themes.appendingPathComponent("base.yaml"), atomically: true, encoding: .utf8)
        let search = ThemeSearch(ConfigurationSearch(environment: ["XDG_DATA_HOME": folder.path]))
        #expect(try search.theme("mine").style(for: .text, depth: .none).emphasis == .underline)
        #expect(try search.theme(themes.appendingPathComponent("mine.yaml").path).name == "mine")
        #expect(try search.theme("light").name == "light")
        #expect(throws: ThemeError.self) { try search.theme("nowhere") }
        #expect(throws: FileError.self) { try search.theme("/nowhere.yaml") }
    }
}
