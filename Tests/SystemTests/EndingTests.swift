import Foundation
import Testing

extension SystemTests {
    @Suite("However it ends, the terminal is as it was", .inTmux)
    struct Endings {
        @Test("killed, interrupted or crashed", arguments: [SIGTERM, SIGINT, SIGSEGV, SIGILL])
        func signal(_ number: Int32) async throws {
            try await Tmux.running("demo") { tmux in
                try await Story(tmux).seeDashboard()
                kill(try await tmux.process, number)
                try await tmux.expectRestored(status: 128 + number)
                #expect(try await tmux.picture.lines.first == Tmux.before)
            }
        }

        @Test("stopped with Ctrl-Z it gives the terminal back, and takes it again when it goes on")
        func stopped() async throws {
            try await Tmux.running("demo") { tmux in
                let picture = try await Story(tmux).seeDashboard()
                kill(try await tmux.process, SIGTSTP)
                try await tmux.see("the terminal given back") { $0.lines.first == Tmux.before }
                kill(try await tmux.process, SIGCONT)
                try await Story(tmux).seePackets(at: "SG1", since: picture)
                try await tmux.press("q")
                try await tmux.expectRestored(status: 0)
            }
        }
    }
}
