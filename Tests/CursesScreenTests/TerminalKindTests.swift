import CursesScreen
import Testing

@Suite("TerminalKind")
struct TerminalKindTests {
    @Test(
        "a modern terminal may be taken for xterm, others must be known",
        arguments: [
            ("xterm-kitty", ["xterm-kitty", "xterm-256color"]), ("alacritty", ["alacritty", "xterm-256color"]),
            ("tmux-direct", ["tmux-direct", "xterm-256color"]),
            ("nsterm-256color", ["nsterm-256color", "xterm-256color"]),
            ("vt220", ["vt220"]), ("linux", ["linux"]), ("", []),
        ])
    func candidates(name: String, expected: [String]) {
        #expect(TerminalKind(name: name).candidates == expected)
    }
}
