import ArgumentParser
import Foundation

/// The ends of a command that are not 0.
enum CommandFailure: Int32 {
    /// Wrong arguments, or a file that cannot be used.
    case usage = 2

    /// Prints the reason on standard error and gives the error that ends the command.
    static func end(_ reason: String, _ failure: CommandFailure) -> ExitCode {
        FileHandle.standardError.write(Data("ferry: \(reason)\n".utf8))
        return ExitCode(failure.rawValue)
    }
}
