import Testing

extension SystemTests {
    @Suite("A live move on the screen", .inTmux)
    struct Moves {
        @Test("planned with m, approved with a: the SAs leave SG1, appear at SG2 and go on, and q gives all back")
        func story() async throws {
            try await Tmux.running("demo") { tmux in
                try await Story(tmux).begin(holder: "SG1")
                try await Story(tmux).approve()
                try await Story(tmux).complete(from: "SG1", to: "SG2")
                try await tmux.press("q")
                try await tmux.expectRestored(status: 0)
                #expect(try await tmux.picture.lines.first == Tmux.before)
            }
        }

        @Test("x aborts a move that waits for approval: the SAs stay at SG1 and go on")
        func abort() async throws {
            try await Tmux.running("demo") { tmux in
                try await Story(tmux).begin(holder: "SG1")
                try await tmux.press("x")
                try await tmux.see("Abort the move (y)")
                try await tmux.press("Escape")
                try await tmux.see("the question gone") { !$0.shows("Abort the move (y)") }
                try await tmux.answer("x")
                try await tmux.see("Abort the move (y)")
                try await tmux.answer("y")
                let aborted = try await tmux.see("aborted by operator")
                try await Story(tmux).seePackets(at: "SG1", since: aborted)
                #expect(aborted.packets(of: "up", at: "SG2") == nil)
                try await tmux.press("q")
                try await tmux.expectRestored(status: 0)
            }
        }

        @Test("with --step a key lets each phase outside the pause begin")
        func step() async throws {
            try await Tmux.running("demo", "--step") { tmux in
                try await Story(tmux).begin(holder: "SG1")
                try await Story(tmux).approve()
                // From quiesce to install no packet waits for a key.
                for phase in ["collect", "prepare", "quiesce", "redirect", "release"] {
                    try await tmux.see("\(phase) waiting for a key") { $0.awaitedPhase == phase }
                    // The same key sooner would be taken for a held one.
                    try await tmux.answer("n", after: .milliseconds(750))
                }
                try await Story(tmux).complete(from: "SG1", to: "SG2")
                try await tmux.press("q")
                try await tmux.expectRestored(status: 0)
            }
        }
    }
}
