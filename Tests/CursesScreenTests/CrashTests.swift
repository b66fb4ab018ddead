import CursesScreen
import Glibc
import Terminal
import Testing

extension OneScreen {
    /// Each in a process of its own, which dies while it has the terminal.
    @Suite("Crashes")
    struct CrashTests {
        private let leaving = "\u{1B}[?1049l"

        @Test("a process that overflows its stack gives the terminal back", .timeLimit(.minutes(1)))
        func stackOverflow() async throws {
            let terminal = try PseudoTerminal(columns: 40, rows: 5)
            defer { terminal.close() }
            let found = terminal.settings
            await #expect(processExitsWith: .signal(SIGSEGV)) { [path = terminal.path as String] in
                try await MainActor.run {
                    try CrashTests.open(path)
                    print(CrashTests.depth(below: 0))
                }
            }
            #expect(terminal.output(until: leaving).contains(leaving))
            #expect(terminal.settings == found)
        }

        @Test("a process that stops at our own mistake gives the terminal back", .timeLimit(.minutes(1)))
        func trap() async throws {
            let terminal = try PseudoTerminal(columns: 40, rows: 5)
            defer { terminal.close() }
            let found = terminal.settings
            await #expect(processExitsWith: .failure) { [path = terminal.path as String] in
                try await MainActor.run {
                    try CrashTests.open(path)
                    preconditionFailure("This test's process dies here.")
                }
            }
            #expect(terminal.output(until: leaving).contains(leaving))
            #expect(terminal.settings == found)
        }

        /// Draws on the terminal at that path; the stack may grow to 1 MiB from now on.
        @MainActor
        private static func open(_ path: String) throws {
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit)
            limit.rlim_cur = 1 << 20
            setrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit)
            setenv("LC_ALL", "C.UTF-8", 1)
            let file = Glibc.open(path, O_RDWR | O_NOCTTY)
            let screen = try CursesScreen(
                theme: .plain, options: ScreenOptions(term: "xterm-256color"), input: file, output: file)
            screen.present(screen.blankCanvas)
        }

        /// Comes to an end only when the stack does.
        private static func depth(below depth: Int) -> Int {
            depth == .max ? depth : Self.depth(below: depth + 1) + 1
        }
    }
}
