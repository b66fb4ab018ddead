import ArgumentParser
import ConfigurationFiles
import Console
import Foundation

/// `ferry`: the console.
struct OpenConsoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Open the console on gateways (the default).",
        discussion: "It looks on only until it is armed with w. Press ? in it for its keys.")

    @OptionGroup var gateways: GatewayOptions
    @OptionGroup var screen: ScreenSelection

    func run() async throws {
        try await end {
            let (access, configuration) = try gateways.consoleAccess()
            let session = ConsoleSession(
                access: access,
                options: ConsoleOptions(
                    armedMinutes: configuration.armedMinutes, secondsFromUTC: TimeZone.current.secondsFromGMT()),
                theme: screen.theme ?? configuration.theme, screen: screen.options,
                withoutTerminal: "for text without a screen use ferry get, ferry watch or ferry history")
            let status = try await session.run()
            if status != 0 { throw ExitCode(status) }
            return nil
        }
    }
}
