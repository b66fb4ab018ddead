import ArgumentParser
import ConfigurationFiles
import Foundation

/// The `ferry` command.
@main
struct Ferry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ferry",
        abstract: "Moves live IPsec security associations between security gateways.",
        discussion: """
            Exit codes: 0 done; 1 some gateways did not answer; 2 wrong arguments or files; 3 no gateway answered; \
            4 refused; 5 the move failed; 6 an operator aborted the move.
            """,
        subcommands: [
            OpenConsoleCommand.self, DemoCommand.self, GetCommand.self, WatchCommand.self, HistoryCommand.self,
            PathCommand.self,
            PlanCommand.self, TraceCommand.self,
            MoveCommand.self, DrainCommand.self,
            ApproveCommand.self, DenyCommand.self, AbortCommand.self, ProceedCommand.self, PkiCommand.self,
            DissectorCommand.self, LabCommand.self,
        ],
        defaultSubcommand: OpenConsoleCommand.self)

    /// As usual, but wrong arguments end with 2.
    static func main() async {
        if let problem = unknownCommand(CommandLine.arguments.dropFirst()) {
            Output.standard.note("ferry: \(problem)")
            Foundation.exit(CommandStatus.usage.rawValue)
        }
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            try? FileHandle.standardError.write(contentsOf: Data((fullMessage(for: error) + "\n").utf8))
            Foundation.exit(CommandStatus.usage.rawValue)
        }
    }

    /// What to say of a first word, or one after help, that is no command: the parser would take it for one of the
    /// console's.
    private static func unknownCommand(_ words: ArraySlice<String>) -> String? {
        guard let word = words.first == "help" ? words.dropFirst().first : words.first, !word.hasPrefix("-"),
            !word.isEmpty
        else { return nil }
        let commands = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
        guard !commands.contains(word) else { return nil }
        let hint = Suggestion(for: word, among: commands).map { "did you mean \($0.word)?" }
        return "there is no command \(word): \(hint ?? "there are \(commands.joined(separator: ", "))")"
    }
}
