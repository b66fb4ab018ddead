import Testing

extension SystemTests {
    @Suite("The screen on terminals of all kinds", .inTmux)
    struct Screens {
        static let small = Tmux.Size(columns: 80, rows: 24)
        static let large = Tmux.Size(columns: 200, rows: 60)

        @Test("200×60 shows all parts at once")
        func large() async throws {
            try await Tmux.running("demo", size: Self.large) { tmux in
                try await Story(tmux).seeDashboard()
                try await tmux.see("Packets a second", "─ Moves", "─ Log", "5 of 5 gateways, 1 mobile node, 2 SAs")
                try await tmux.press("q")
                try await tmux.expectRestored(status: 0)
            }
        }

        @Test("the terminal grows and shrinks in the middle of a move")
        func resize() async throws {
            try await Tmux.running("demo", size: Self.small) { tmux in
                try await Story(tmux).begin(holder: "SG1")
                try await tmux.resize(to: Self.large)
                try await tmux.see("the large dashboard") { picture in
                    picture.lines.first?.contains("armed") == true && picture.shows("Packets a second")
                        && picture.lines.prefix(59).last?.hasSuffix("┘") == true
                }
                try await Story(tmux).approve()
                try await Story(tmux).complete(from: "SG1", to: "SG2")
                try await tmux.resize(to: Self.small)
                let picture = try await tmux.see("the small dashboard") { picture in
                    picture.lines.first?.contains("armed") == true && !picture.shows("Packets a second")
                        && picture.lines.prefix(23).last?.contains("┘") == true
                }
                try await Story(tmux).seePackets(at: "SG2", since: picture)
                try await tmux.press("q")
                try await tmux.expectRestored(status: 0)
            }
        }

        static let kinds = ["xterm-256color", "screen", "linux", "vt100"].flatMap { term in
            ["C.UTF-8", "C"].map { Tmux.Kind(term: term, locale: $0) }
        }

        @Test("it draws on each kind of terminal, in plain ASCII where it has to, and gives it back", arguments: kinds)
        func kind(_ kind: Tmux.Kind) async throws {
            try await Tmux.running("demo", kind: kind) { tmux in
                let picture = try await Story(tmux).seeDashboard()
                #expect(picture.lines[2].contains("MN ==== PR ==== SG1 ===== G ====== RN"))
                #expect(picture.isASCII || kind.locale != "C")
                #expect(!picture.isASCII || kind.locale == "C" || kind.term == "linux")
                try await tmux.press("q")
                try await tmux.expectRestored(status: 0)
                if kind.hasAlternateScreen { #expect(try await tmux.picture.lines.first == Tmux.before) }
            }
        }
    }
}
