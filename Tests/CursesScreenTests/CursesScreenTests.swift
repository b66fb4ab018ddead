import CursesScreen
import Glibc
import Terminal
import Testing

extension OneScreen {
    @Suite("CursesScreen")
    @MainActor
    struct CursesScreenTests {
        private let theme: Theme

        init() throws {
            setenv("LC_ALL", "C.UTF-8", 1)
            let document = ThemeDocument(
                name: "test", palette: ["alert": PaletteColour(c16: .red)],
                roles: ["status.error": RoleStyle(fg: "alert", attributes: .bold, cue: "✗", ascii: "x")])
            theme = try Theme.resolve("test", from: [document])
        }

        private func screen(
            _ term: String, on terminal: PseudoTerminal, isMonochrome: Bool = false
        ) throws -> CursesScreen {
            let options = ScreenOptions(term: term, isMonochrome: isMonochrome)
            return try CursesScreen(theme: theme, options: options, input: terminal.slave, output: terminal.slave)
        }

        @Test(
            "text reaches terminals of all kinds, and they are given back as they were found",
            arguments: [
                ("xterm-256color", ColourDepth.two56, "\u{1B}[?1049l"), ("screen", .eight, "\u{1B}[?1049l"),
                ("linux", .eight, "\r\n"), ("vt100", .none, "\r\n"),
            ])
        func kinds(term: String, depth: ColourDepth, end: String) throws {
            let terminal = try PseudoTerminal(columns: 40, rows: 5)
            defer { terminal.close() }
            let found = terminal.settings
            let screen = try screen(term, on: terminal)
            #expect(screen.colourDepth == depth)
            #expect(screen.size == Size(columns: 40, rows: 5))
            #expect(terminal.settings != found)
            var canvas = screen.blankCanvas
            canvas.write(CellText("down", .statusError, cue: true), at: Point(3, 1))
            canvas.write("日本é", at: Point(3, 2))
            screen.present(canvas)
            let drawn = terminal.output(until: "日本é")
            #expect(drawn.contains("\(term == "linux" ? "x" : "✗") down"))
            #expect(drawn.contains("日本é"))
            #expect(drawn.contains("\u{1B}[31m") == (depth != .none))
            screen.close()
            #expect(terminal.output(until: end).contains(end))
            #expect(terminal.settings == found)
        }

        @Test("without colour only emphasis is left")
        func monochrome() throws {
            let terminal = try PseudoTerminal(columns: 40, rows: 5)
            defer { terminal.close() }
            let screen = try screen("xterm-256color", on: terminal, isMonochrome: true)
            defer { screen.close() }
            var canvas = screen.blankCanvas
            canvas.write("down", at: .zero, role: .statusError)
            screen.present(canvas)
            let drawn = terminal.output(until: "down")
            #expect(drawn.contains(";1mdown"))
            #expect(!drawn.contains("\u{1B}[31m"))
        }

        @Test("in a locale without Unicode each cell of other text is a question mark, and boxes are ASCII")
        func asciiLocale() throws {
            setenv("LC_ALL", "C", 1)
            let terminal = try PseudoTerminal(columns: 40, rows: 5)
            defer { terminal.close() }
            let screen = try screen("xterm", on: terminal)
            defer { screen.close() }
            var canvas = screen.blankCanvas
            canvas.write("\(canvas.glyphs.topLeft)日é!", at: .zero)
            screen.present(canvas)
            #expect(terminal.output(until: "!").contains("+???!"))
        }

        @Test("only what changed is sent again")
        func differences() throws {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            defer { terminal.close() }
            let screen = try screen("xterm-256color", on: terminal)
            defer { screen.close() }
            var canvas = screen.blankCanvas
            for row in 0..<24 { canvas.write(String(repeating: "x", count: 79), at: Point(0, row)) }
            canvas.write("end", at: Point(0, 23))
            screen.present(canvas)
            _ = terminal.output(until: "end")
            canvas.write("changed", at: Point(10, 10))
            screen.present(canvas)
            #expect(terminal.output(until: "changed").utf8.count < 200)
        }

        @Test("keys are decoded, characters of several bytes too")
        func keys() throws {
            let terminal = try PseudoTerminal(columns: 40, rows: 5)
            defer { terminal.close() }
            let screen = try screen("xterm-256color", on: terminal)
            defer { screen.close() }
            #expect(screen.readKey() == nil)
            terminal.type("aé日\u{1B}OA\u{1B}[6~\u{1B}OP\u{1B}[Z\r\t\u{7F}\u{1}\u{1B}")
            terminal.waitForInput()
            var keys: [Key] = []
            while keys.last != .escape, let key = screen.readKey() { keys.append(key) }
            #expect(
                keys == [
                    .character("a"), .character("é"), .character("日"), .up, .pageDown, .function(1), .backTab, .enter,
                    .tab,
                    .backspace, .control("a"), .escape,
                ])
        }

        @Test("a modern terminal that terminfo does not know is used as xterm; what cannot be used says why")
        func unknownKinds() throws {
            let terminal = try PseudoTerminal(columns: 40, rows: 5)
            defer { terminal.close() }
            let screen = try screen("kitty-of-tomorrow", on: terminal)
            #expect(screen.colourDepth == .two56)
            screen.close()
            for (term, error) in [
                ("", ScreenError.unknownTerminal("")), ("teletype-x", .unknownTerminal("teletype-x")),
                ("dumb", .tooPlain("dumb")),
            ] {
                #expect(throws: error) { try self.screen(term, on: terminal) }
            }
        }

        @Test("a pipe is no terminal")
        func pipes() throws {
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            defer { ends.forEach { Glibc.close($0) } }
            #expect(throws: ScreenError.notATerminal) {
                try CursesScreen(theme: theme, options: ScreenOptions(term: "xterm"), input: ends[0], output: ends[1])
            }
        }
    }
}
