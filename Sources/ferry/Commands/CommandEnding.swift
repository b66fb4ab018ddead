import ArgumentParser

extension AsyncParsableCommand {
    /// Runs what a command does, and ends with its exit status; a reason goes to standard error.
    func end(_ body: () async throws -> CommandStatus?) async throws {
        let status: CommandStatus?
        do {
            status = try await body()
        } catch let failure as CommandFailure {
            Output.standard.note("ferry: \(failure.reason)")
            status = failure.status
        }
        if let status { throw ExitCode(status.rawValue) }
    }
}
