import CursesScreen
import Glibc
import Terminal
import Testing

extension OneScreen {
    @Suite("TerminalSession")
    @MainActor
    struct TerminalSessionTests {
        /// Shows all that happened to it, and quits at `q`.
        private struct Diary: Program {
            enum Message: Sendable {
                case key(Key)
                case size(Size)
                case news(String)
            }
            enum Command: Equatable, Sendable { case quit }
            var entries: [String] = []

            mutating func update(_ message: Message) -> [Command] {
                switch message {
                case .key(.character("q")): return [.quit]
                case .key(let key): entries.append("\(key)")
                case .size(let size): entries.append("\(size.columns)x\(size.rows)")
                case .news(let text): entries.append(text)
                }
                return []
            }

            func view(on canvas: inout Canvas) {
                canvas.write(entries.joined(separator: ","), at: .zero)
            }
        }

        private func session(on terminal: PseudoTerminal) throws -> TerminalSession<Diary> {
            setenv("LC_ALL", "C.UTF-8", 1)
            let options = ScreenOptions(term: "xterm-256color")
            let screen = try CursesScreen(
                theme: .plain, options: options, input: terminal.slave, output: terminal.slave)
            return TerminalSession(Diary(), on: screen, key: { .key($0) }, size: { .size($0) }) { command in
                switch command {
                case .quit: .quit(status: 3)
                }
            }
        }

        @Test("a program gets its size, then news and keys, and its wish to quit ends the session")
        func life() async throws {
            let terminal = try PseudoTerminal(columns: 40, rows: 5)
            defer { terminal.close() }
            let found = terminal.settings
            let session = try session(on: terminal)
            let (news, feed) = AsyncStream<Diary.Message>.makeStream()
            feed.yield(.news("news"))
            async let end = session.run(news: news)
            async let typed: Void = Self.typing([("news", "\u{1B}OB"), ("down", "q")], on: terminal)
            #expect(await end == .quit(status: 3))
            await typed
            #expect(terminal.output(until: "\u{1B}[?1049l").contains("\u{1B}[?1049l"))
            #expect(terminal.settings == found)
        }

        @Test("when the terminal is gone the session ends")
        func lost() async throws {
            let terminal = try PseudoTerminal(columns: 40, rows: 5)
            defer { Glibc.close(terminal.slave) }
            let session = try session(on: terminal)
            async let end = session.run(news: AsyncStream { _ in })
            await Self.typing([("40x5", "")], on: terminal)
            Glibc.close(terminal.master)
            #expect(await end == .terminalLost)
            #expect(await end.exitStatus == 129)
        }

        @Test("the exit status of a signal is 128 and its number")
        func statuses() {
            #expect(SessionEnd.signal(SIGINT).exitStatus == 130)
            #expect(SessionEnd.signal(SIGTERM).exitStatus == 143)
            #expect(SessionEnd.quit(status: 5).exitStatus == 5)
        }

        /// Types each text as soon as what goes before it is drawn, away from the main actor.
        @concurrent
        private nonisolated static func typing(
            _ steps: [(shown: String, text: String)], on terminal: PseudoTerminal
        ) async {
            for step in steps {
                _ = terminal.output(until: step.shown)
                terminal.type(step.text)
            }
        }
    }
}
