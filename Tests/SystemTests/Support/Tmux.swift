import Foundation
import Testing

/// A terminal of one test: a tmux server of its own, with one pane that runs a program between two looks at the
/// terminal's modes.
struct Tmux {
    /// Columns and rows.
    struct Size { let columns, rows: Int }

    /// What the terminal is to the program that runs in it.
    struct Kind: CustomTestStringConvertible {
        var term = "tmux-256color"
        var locale = "C.UTF-8"

        var testDescription: String { "\(term), \(locale)" }
        /// Whether it has a second screen, so that what stood on the first one comes back.
        var hasAlternateScreen: Bool { !["linux", "vt100"].contains(term) }
    }

    static let program = "/usr/bin/tmux"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }
    /// What is on the screen before the program starts.
    static let before = "the line before"

    private let folder: TemporaryFolder
    /// The tmux server: no daemon, so that the test keeps hold of it.
    private let server: Child

    /// Runs `ferry` with these arguments in a terminal; whatever happens, nothing of it is left afterwards.
    static func running(
        _ arguments: String..., size: Size = Size(columns: 80, rows: 24), kind: Kind = Kind(),
        _ body: (Tmux) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { folder in
            let socket = folder.path("tmux")
            let server = try Child(program, ["-D", "-u", "-S", socket, "-f", "/dev/null"])
            let tmux = Tmux(folder: folder, server: server)
            do {
                _ = try await Patience.wait { FileManager.default.fileExists(atPath: socket) ? true : nil }
                try await tmux.start(arguments, size, kind)
                try await body(tmux)
            } catch {
                await tmux.end()
                throw error
            }
            await tmux.end()
        }
    }

    /// Looks until the picture is as it is expected to be; returns it.
    @discardableResult
    func see(
        _ expected: String, at location: SourceLocation = #_sourceLocation, where isSo: (Picture) -> Bool
    ) async throws -> Picture {
        var last = Picture(lines: [])
        let seen: Picture? = try await Patience.wait {
            last = try await picture
            return isSo(last) ? last : nil
        }
        return try #require(seen, "\(expected) was never seen; the screen shows:\n\(last)", sourceLocation: location)
    }

    /// Looks until all these texts are there.
    @discardableResult
    func see(_ texts: String..., at location: SourceLocation = #_sourceLocation) async throws -> Picture {
        try await see(texts.joined(separator: " and "), at: location) { texts.allSatisfy($0.shows) }
    }

    /// Presses a key, as tmux names it.
    func press(_ key: String) async throws { try await tell("send-keys", key) }

    /// Presses a key once it cannot be taken for a held one: for its first 300 ms a question hears none, and a key that
    /// comes again so soon orders nothing. That is time itself, nothing on the screen tells it; more does no harm.
    func answer(_ key: String, after pause: Duration = .milliseconds(350)) async throws {
        try await Task.sleep(for: pause)
        try await press(key)
    }

    /// Makes the terminal larger or smaller.
    func resize(to size: Size) async throws {
        try await tell("resize-window", "-x", "\(size.columns)", "-y", "\(size.rows)")
    }

    /// What is on the screen now.
    var picture: Picture {
        get async throws {
            let text = try await tell("capture-pane", "-p")
            return Picture(lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
    }

    /// The process of the program.
    var process: Int32 {
        get async throws {
            let written = try await Patience.wait { folder.text("pid").flatMap { Int32($0.dropLast()) } }
            return try #require(written, "the program never started")
        }
    }

    /// Looks until the program has ended so, and expects that all that it can change of a terminal is as it was.
    func expectRestored(status: Int32, at location: SourceLocation = #_sourceLocation) async throws {
        try await see("status \(status).", at: location)
        let (before, after) = (folder.text("modes-before"), folder.text("modes-after"))
        #expect(before?.contains(" echo ") == true && before == after, sourceLocation: location)
        let flags = "#{alternate_on} #{cursor_flag} #{keypad_flag} #{keypad_cursor_flag} #{mouse_any_flag}"
        #expect(try await tell("display-message", "-p", flags) == "0 1 0 0 0\n", sourceLocation: location)
        try await tell("send-keys", "-l", "typed afterwards")
        try await see("typed afterwards", at: location)
    }

    private func start(_ arguments: [String], _ size: Size, _ kind: Kind) async throws {
        let words = [try BuiltProgram.ferry.path] + arguments
        let command = words.map { "'\($0)'" }.joined(separator: " ")
        // No core file and no backtrace of a crash that a test asked for.
        let script = try folder.write(
            """
            ulimit -c 0
            cd '\(folder.url.path)'
            printf '%s\\n' '\(Self.before)'
            stty -a >modes-before
            env TERM=\(kind.term) LC_ALL=\(kind.locale) SWIFT_BACKTRACE=enable=no XDG_CONFIG_HOME='\(folder.url.path)' \
                sh -c 'echo $$ >pid; exec "$@"' sh \(command)
            status=$?
            stty -a >modes-after
            printf 'status %s.\\n' "$status"
            exec cat
            """, to: "script")
        try await tell(
            "set", "-g", "status", "off", ";", "set", "-g", "escape-time", "10", ";",
            "new-session", "-d", "-x", "\(size.columns)", "-y", "\(size.rows)", "sh '\(script)'")
    }

    /// Ends tmux, and the program when it outlives its terminal.
    private func end() async {
        kill(server.process, SIGTERM)
        _ = await server.end()
        guard let process = folder.text("pid").flatMap({ Int32($0.dropLast()) }) else { return }
        let isGone: Bool? = try? await Patience.wait(atMost: .seconds(10)) {
            FileManager.default.fileExists(atPath: "/proc/\(process)") ? nil : true
        }
        if isGone != true { kill(process, SIGKILL) }
    }

    @discardableResult
    private func tell(_ words: String...) async throws -> String {
        let run = try await Run(Self.program, ["-u", "-S", folder.path("tmux"), "-f", "/dev/null"] + words, in: folder)
        guard run.status == 0 else { throw Failure(description: "tmux \(words): \(run.errors)") }
        return run.output
    }

    struct Failure: Error, CustomStringConvertible { let description: String }
}
